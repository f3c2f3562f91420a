/** What a person types, parsed at the border: each field gives its value or the sentence that stands beside it. */
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { FieldError } from './request.ts';

export type Field<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** Several fields that belong together: all their values, or all that is wrong with them. */
export type Fields<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** What is wrong in any of these. */
export const errorsIn = (parts: readonly Fields<unknown>[]): FieldError[] =>
  parts.flatMap((part) => (part.ok ? [] : part.errors));

/** What is wrong with the fields of a form, by their names. */
export function errorsOf(fields: Readonly<Record<string, Field<unknown>>>): FieldError[] {
  return Object.entries(fields).flatMap(([field, parsed]) => (parsed.ok ? [] : [{ field, message: parsed.message }]));
}

const good = <T>(value: T): Field<T> => ({ ok: true, value });
const bad = (message: string): Field<never> => ({ ok: false, message });

/** A host: a name, or an IP address with or without brackets. */
export function parseHost(text: string): Field<string> {
  const host = text.trim().replace(/^\[(.*)\]$/, '$1');
  if (host === '') return bad('The host is missing.');
  if (isIP(host) !== 0) return good(host);
  if (/^[a-z]+:\/\//i.test(host))
    return bad('This is a URL: only its host belongs here, such as mail.contoso.example.');
  return parseName(host);
}

/** A DNS name in its ASCII form, without the final dot. RFC 1123 2.1, RFC 5891 */
function parseName(text: string): Field<string> {
  // What reads the name reads escapes and paths of URLs as well.
  const name = /[^\w.\-\P{ASCII}]/u.test(text.trim()) ? '' : domainToASCII(text.trim().replace(/\.$/, ''));
  if (name === '' || isIP(name) !== 0) return bad(`"${text.trim().slice(0, 80)}" is not a name of a host.`);
  if (name.length > 253) return bad('The name is longer than the 253 characters that DNS allows.');
  const label = name.split('.').find((part) => !/^(?!-)[a-z0-9_-]{1,63}(?<!-)$/i.test(part));
  return label === undefined ? good(name) : bad(`"${label.slice(0, 80)}" cannot be part of a name in DNS.`);
}

/** Nobody confirms more destinations by hand. */
const MOST_HOSTS = 20;

/** Several hosts, separated by spaces, commas or line ends. None is fine. */
export function parseHosts(text: string): Field<readonly string[]> {
  const parsed = text.split(/[\s,;]+/).flatMap((part) => (part === '' ? [] : [parseHost(part)]));
  if (parsed.length > MOST_HOSTS) return bad(`Not more than ${MOST_HOSTS} hosts are taken at once.`);
  const wrong = parsed.find((host) => !host.ok);
  return wrong ?? good([...new Set(parsed.flatMap((host) => (host.ok ? [host.value] : [])))]);
}

const LONGEST_URL = 2_000;

/** The address of a sign-in service; null where nothing was entered. RFC 8414 2: https, without query and fragment. */
export function parseAuthority(text: string): Field<string | null> {
  const address = text.trim();
  if (address === '') return good(null);
  const url = address.length > LONGEST_URL ? null : URL.parse(address);
  if (url === null || url.protocol !== 'https:')
    return bad('The address of a sign-in service begins with https://, such as https://login.contoso.example/.');
  if (url.username !== '' || url.password !== '') return bad('The address of a sign-in service holds no user name.');
  return good(address);
}

/** A TCP port; empty means the default. */
export function parsePortField(text: string, fallback: number): Field<number> {
  const trimmed = text.trim();
  if (trimmed === '') return good(fallback);
  const port = /^\d{1,5}$/.test(trimmed) ? Number(trimmed) : 0;
  return port >= 1 && port <= 65_535 ? good(port) : bad('A port is a number from 1 to 65535.');
}

/** Whom a certificate should be for, as Autodiscover's CertPrincipalName says it; null where nothing was entered. */
export function parsePrincipal(text: string): Field<string | null> {
  const name = text.trim().replace(/^msstd:/i, '');
  if (text.trim() === '') return good(null);
  if (name.length > 253) return bad('The principal name is longer than the 253 characters that a name may have.');
  return /^[^\p{Cc}\s:]+$/u.test(name)
    ? good(`msstd:${name}`)
    : bad('A principal name is msstd: and the name in the certificate, such as msstd:mail.contoso.example.');
}

/** Fingerprints that a person compares by hand are few. */
const MOST_PINS = 10;

/**
 * SHA-256 fingerprints of certificates, one in each line, as browsers and tools show them: with or without colons, in any case, and
 * with what OpenSSL writes before them.
 * @returns hexadecimal digits alone, in small letters
 */
export function parsePins(text: string): Field<readonly string[]> {
  const lines = text.split(/[\n,;]/).flatMap((line) => line.trim() || []);
  if (lines.length > MOST_PINS) return bad(`Not more than ${MOST_PINS} fingerprints are compared at once.`);
  const pins = lines.map((line) =>
    line
      .slice(line.indexOf('=') + 1)
      .replaceAll(/[\s:]/g, '')
      .toLowerCase(),
  );
  const wrong = pins.findIndex((pin) => !/^[0-9a-f]{64}$/.test(pin));
  if (wrong < 0) return good([...new Set(pins)]);
  const given = `"${lines[wrong]?.slice(0, 80)}"`;
  return /^[0-9a-f]{40}$/.test(pins[wrong] ?? '')
    ? bad(`${given} is a SHA-1 fingerprint; what is compared is the one by SHA-256.`)
    : bad(`${given} is not a SHA-256 fingerprint, which has 64 hexadecimal digits.`);
}

/** The name to sign in with; empty means the address. Control characters and a colon cannot be sent with Basic. RFC 7617 2 */
export function parseUser(text: string, fallback: string): Field<string> {
  const user = text.trim() || fallback;
  if (user.length > 256) return bad('The user name is longer than 256 characters.');
  if (user.includes(':')) return bad('A user name with a colon cannot be used to sign in.');
  if (/\p{Cc}/u.test(user)) return bad('The user name holds a control character.');
  return good(user);
}
