/** What a person types, parsed at the border: each field gives its value or the sentence that stands beside it. */
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

export type Field<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

const good = <T>(value: T): Field<T> => ({ ok: true, value });
const bad = (message: string): Field<never> => ({ ok: false, message });

export interface Mailbox {
  /** The whole address, domain in its ASCII form. */
  readonly address: string;
  readonly domain: string;
}

/** An e-mail address: one local part, one domain that can exist on the Internet. RFC 5321 4.1.2, 4.5.3.1 */
export function parseMailbox(text: string): Field<Mailbox> {
  const address = text.trim();
  const at = address.lastIndexOf('@');
  if (address === '') return bad('The e-mail address is missing.');
  if (at < 1) return bad('An e-mail address has a name, an @ and a domain, such as alice@contoso.example.');
  const local = address.slice(0, at);
  if (local.length > 64) return bad('The part before the @ is longer than the 64 characters that are allowed.');
  if (!/^[^\p{Cc}\s@"(),:;<>[\]\\]+$/u.test(local))
    return bad('The part before the @ holds a character that does not belong there.');
  if (/^\.|\.\.|\.$/.test(local)) return bad('The part before the @ has a dot in the wrong place.');
  const domain = parseDomain(address.slice(at + 1));
  return domain.ok ? good({ address: `${local}@${domain.value}`, domain: domain.value }) : domain;
}

function parseDomain(text: string): Field<string> {
  const host = parseName(text);
  if (!host.ok) return host;
  return host.value.includes('.') ? host : bad(`"${host.value}" is not a domain: it has no dot.`);
}

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
  const name = domainToASCII(text.trim().replace(/\.$/, ''));
  if (name === '' || isIP(name) !== 0) return bad(`"${text.trim().slice(0, 80)}" is not a name of a host.`);
  if (name.length > 253) return bad('The name is longer than the 253 characters that DNS allows.');
  const label = name.split('.').find((part) => !/^(?!-)[a-z0-9_-]{1,63}(?<!-)$/i.test(part));
  return label === undefined ? good(name) : bad(`"${label.slice(0, 80)}" cannot be part of a name in DNS.`);
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
  const user = text.trim();
  if (user.length > 256) return bad('The user name is longer than 256 characters.');
  if (user.includes(':')) return bad('A user name with a colon cannot be used to sign in.');
  if (/\p{Cc}/u.test(user)) return bad('The user name holds a control character.');
  return good(user === '' ? fallback : user);
}
