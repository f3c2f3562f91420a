/**
 * An e-mail address as a client is given it: a mailbox of RFC 5321 4.1.2, international ones (RFC 6531 3.3) among them. What RFC 5322
 * allows in the headers of messages besides, comments and folded lines, is not part of it.
 */
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Field } from './target.ts';

export interface Mailbox {
  /** The whole address as it was typed, but for the domain, which is in its ASCII form. */
  readonly address: string;
  readonly domain: string;
}

const bad = (message: string): Field<never> => ({ ok: false, message });

const EXAMPLE = 'such as alice@contoso.example';
const ONLY_THE_ADDRESS = `Only the address itself belongs here, without a name or brackets, ${EXAMPLE}.`;
const COMMENT = 'Comments in round brackets belong to the headers of messages, not to an address.';
const SPACE = 'There is a space or a line end in the address, where none may be.';
const UNSEEN = 'The address holds a character that cannot be seen.';
const LITERAL = 'Autodiscover begins with a domain, so a mailbox at an IP address cannot be tested.';

/** Octets. RFC 5321 4.5.3.1: the local part; a path, which has two brackets around the address; a name in DNS. */
const LONGEST = { local: 64, address: 254, domain: 253 } as const;

/** Parses what a person typed. Every refusal says why. */
export function parseMailbox(text: string): Field<Mailbox> {
  const written = text.trim();
  if (written === '') return bad('The e-mail address is missing.');
  const at = written.lastIndexOf('@');
  const [local, domain] = [written.slice(0, at), written.slice(at + 1)];
  if (at < 1 || domain === '') return bad(`An e-mail address has a name, an @ and a domain, ${EXAMPLE}.`);
  const objection = objectionToAll(written) ?? (local.startsWith('"') ? objectionToQuoted(local) : objectionTo(local));
  if (objection !== null) return bad(objection);
  if (Buffer.byteLength(local) > LONGEST.local)
    return bad(`The part before the @ is longer than the ${LONGEST.local} octets that are allowed.`);
  const ascii = parseDomain(domain);
  if (!ascii.ok) return ascii;
  const address = `${local}@${ascii.value}`;
  return Buffer.byteLength(address) > LONGEST.address
    ? bad(`The address is longer than the ${LONGEST.address} octets that are allowed.`)
    : { ok: true, value: { address, domain: ascii.value } };
}

/** What belongs nowhere, quoted or not. Tabs and line ends could be folded into a header, and are told as that. */
function objectionToAll(written: string): string | null {
  if (/[\t\r\n]/.test(written)) return SPACE;
  return /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/u.test(written) ? UNSEEN : null;
}

/** Atext of RFC 5322 3.2.3 in dotted parts, and every character outside ASCII. */
function objectionTo(local: string): string | null {
  if (/[()]/.test(local)) return COMMENT;
  if (/[<>]/.test(local)) return ONLY_THE_ADDRESS;
  if (/\p{Z}/u.test(local)) return SPACE;
  if (local.includes('"'))
    return 'The part before the @ is quoted as a whole or not at all, such as "john doe"@contoso.example.';
  if (local.includes('@')) return 'There is more than one @ in the address.';
  const stranger = /[^\w!#$%&'*+/=?^`{|}~.\-\P{ASCII}]/u.exec(local)?.[0];
  if (stranger !== undefined)
    return `The character "${stranger}" may stand before the @ only where that part is quoted.`;
  return /^\.|\.\.|\.$/.test(local) ? 'The part before the @ has a dot in the wrong place.' : null;
}

/** Within quotes everything may stand; the quote itself and the backslash behind a backslash. */
function objectionToQuoted(quoted: string): string | null {
  const rest = quoted.slice(1).replaceAll(/\\[\x20-\x7e]/g, '');
  const end = rest.indexOf('"');
  if (end < 0) return 'The quotation mark before the @ is not closed.';
  if (rest.slice(0, end).includes('\\')) return 'Behind a backslash in quotation marks stands a character of ASCII.';
  const behind = rest.slice(end + 1);
  if (behind === '') return null;
  if (/[()]/.test(behind)) return COMMENT;
  return /[<>]/.test(behind) ? ONLY_THE_ADDRESS : 'Between the closing quotation mark and the @ stands nothing.';
}

function parseDomain(text: string): Field<string> {
  if (text.startsWith('[') || isIP(text) !== 0) return bad(LITERAL);
  if (/[()]/.test(text)) return bad(COMMENT);
  if (/[<>]/.test(text)) return bad(ONLY_THE_ADDRESS);
  if (/\p{Z}/u.test(text)) return bad(SPACE);
  // What follows reads more than a name, such as escapes and paths of URLs.
  const stranger = /[^A-Za-z\d.\-\P{ASCII}]/u.exec(text)?.[0];
  if (stranger !== undefined) return bad(`The character "${stranger}" cannot be part of a domain.`);
  const domain = domainToASCII(text);
  if (domain === '' || isIP(domain) !== 0) return bad(`"${text.slice(0, 80)}" is not a domain.`);
  return objectionToDomain(domain);
}

/** Letters, digits and hyphens. RFC 5321 4.1.2, RFC 1034 3.5 */
function objectionToDomain(domain: string): Field<string> {
  if (/^\.|\.\.|\.$/.test(domain)) return bad('The domain has a dot in the wrong place.');
  if (!domain.includes('.')) return bad(`"${domain.slice(0, 80)}" is not a domain: it has no dot.`);
  if (domain.length > LONGEST.domain)
    return bad(`The domain is longer than the ${LONGEST.domain} characters that DNS allows.`);
  const label = domain.split('.').find((part) => !/^(?!-)[a-z\d-]{1,63}(?<!-)$/.test(part));
  return label === undefined
    ? { ok: true, value: domain }
    : bad(
        `"${label.slice(0, 80)}" cannot be part of a domain: a part has up to 63 letters, digits and hyphens, and no hyphen at its ends.`,
      );
}
