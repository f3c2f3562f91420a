/** Secrets that travel in HTTP: where they stand, and how a record of them is cleaned. */
import type { Header } from '#lib/result/evidence.ts';

/** Hidden whole, but for the scheme or the cookie's name: that is what an administrator needs. */
const HIDDEN_HEADERS = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'authentication-info',
  'proxy-authentication-info',
];
/** Shown, but for the tokens in them. */
const CHALLENGES = ['www-authenticate', 'proxy-authenticate'];

/** Parameters of OAuth (RFC 6749, 7523, 7636, 8628), and what sign-in pages send. A user code is for the person alone. */
const NAMES = [
  'access_token',
  'refresh_token',
  'id_token',
  'device_code',
  'user_code',
  'verification_uri_complete',
  'client_secret',
  'client_assertion',
  'assertion',
  'code_verifier',
  'password',
  'passwd',
].join('|');

/** In JSON `code` is the name of an error, which has to be seen; an authorization code comes in addresses and forms only. */
const IN_FORM = new RegExp(`(^|[&?#;])(${NAMES}|code)=([^&\\s"'<>]+)`, 'gi');
const IN_JSON = new RegExp(`("(?:${NAMES})"\\s*:\\s*)("[^"\\\\]*(?:\\\\[\\s\\S][^"\\\\]*)*"?|[^\\s"{}\\[\\],]+)`, 'gi');
/** The messages of NTLM and Kerberos. One of 16 characters or less is none. RFC 4559 4, MS-NTHT 2.2 */
const IN_CHALLENGE = /(^|[\s,])(NTLM|Negotiate|Kerberos|Bearer)( +)([A-Za-z0-9._~+/-]{17,}=*)/gi;

/** Without a token behind it: by that a server is asked which sign-in service it trusts. [MS-XOAUTH] 4.6 */
const SCHEME_ALONE = /^(?:Basic|Bearer|Negotiate|NTLM)$/i;

/** What is shorter is found everywhere, and is no secret. */
const SHORTEST = 4;
/** A shorter one is a number or a word. */
const SHORTEST_COOKIE = 16;
/** Nobody sends more; a server that does cannot keep us searching. */
const MOST = 20;

/** Whether a request must not go out without encryption. */
export function carriesSecret(headers: readonly Header[], body: string | Uint8Array): boolean {
  if (headers.some(([name]) => HIDDEN_HEADERS.includes(name.toLowerCase()))) return true;
  return typeof body === 'string' && (body.search(IN_FORM) >= 0 || body.search(IN_JSON) >= 0);
}

/** The secrets in headers and bodies as they were sent, so that they can be found wherever they are sent back. The longest first. */
export function secretsIn(headers: readonly Header[], bodies: readonly string[]): string[] {
  const tokens = headers.filter(([name]) => /^(proxy-)?authorization$/i.test(name)).map(([, value]) => tokenOf(value));
  const inForms = bodies.flatMap((body) => [...body.matchAll(IN_FORM)].map(([, , , value = '']) => value));
  const inJson = bodies.flatMap((body) => [...body.matchAll(IN_JSON)].flatMap(([, , value = '']) => texts(value)));
  const found = [...tokens, ...inForms.flatMap((value) => [value, decoded(value)]), ...inJson, ...cookiesIn(headers)];
  return [...new Set(found)]
    .filter(({ length }) => length >= SHORTEST)
    .slice(0, MOST)
    .toSorted((a, b) => b.length - a.length);
}

/** A session is whoever holds them. */
function cookiesIn(headers: readonly Header[]): string[] {
  const pairs = headers.flatMap(([name, value]) => (name.toLowerCase() === 'cookie' ? value.split(';') : []));
  const values = pairs.map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
  return values.filter(({ length }) => length >= SHORTEST_COOKIE);
}

/** A text without its secrets: those that can be told by the names beside them, and those that are known. */
export function withoutSecrets(text: string, known: readonly string[]): string {
  const named = text
    .replace(IN_FORM, (_all, before: string, name: string, value: string) => `${before}${name}=${hidden(value)}`)
    .replace(IN_JSON, (_all, before: string, value: string) => `${before}"${hidden(unquoted(value))}"`);
  return known.reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), named);
}

/** What is shown of a header that is hidden whole; null for another one. */
export function hiddenWhole(name: string, value: string): string | null {
  if (!HIDDEN_HEADERS.includes(name.toLowerCase())) return null;
  if (SCHEME_ALONE.test(value)) return value;
  const shown = /^([A-Za-z]+ |[^=;\s]+=)/.exec(value)?.[0] ?? '';
  return shown + hidden(value.slice(shown.length));
}

/** A challenge without its tokens; another header as it is. */
export function withoutTokens(name: string, value: string): string {
  if (!CHALLENGES.includes(name.toLowerCase())) return value;
  return value.replace(
    IN_CHALLENGE,
    (_all, before: string, scheme: string, gap: string, token: string) => before + scheme + gap + hidden(token),
  );
}

const hidden = (value: string): string => `[hidden, ${value.length} characters]`;

/** What stands behind the scheme. */
const tokenOf = (value: string): string => (SCHEME_ALONE.test(value) ? '' : value.slice(value.indexOf(' ') + 1).trim());

/** Not `null`, nor a number: that could be anything elsewhere. */
const texts = (value: string): string[] => (value.startsWith('"') ? [unquoted(value)] : []);

const unquoted = (value: string): string => value.replace(/^"|"$/g, '');

/** As it reads outside a form. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}
