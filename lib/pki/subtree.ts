/** Whether a name lies in a subtree of names, for each kind of name. RFC 5280 4.2.1.10 */
import type { GeneralName } from '#lib/wire/x509/general-name.ts';
import { isWithin, nameToText } from '#lib/wire/x509/name.ts';
import { addressOf, addressToText, isInNetwork, networkOf, networkToText } from './address.ts';
import { belowWildcard, isHostName, isPresentedName } from './host-name.ts';
import { mailboxOf } from './mailbox.ts';

/**
 * - `inside`, `outside`
 * - `partly`: the name is a wildcard, and some of what it stands for is inside
 * - `name-unreadable`, `subtree-unreadable`: not written as such names or subtrees are, so nobody can tell
 */
export type Place = 'inside' | 'outside' | 'partly' | 'name-unreadable' | 'subtree-unreadable';

/** Where a name is, seen from a subtree of the same kind; null for kinds that nobody compares. */
export function placeOf(name: GeneralName, subtree: GeneralName): Place | null {
  if (name.type === 'dns' && subtree.type === 'dns') return hostPlace(name.value, subtree.value);
  if (name.type === 'ip' && subtree.type === 'ip') return addressPlace(name.bytes, subtree.bytes);
  if (name.type === 'email' && subtree.type === 'email') return mailboxPlace(name.value, subtree.value);
  if (name.type === 'uri' && subtree.type === 'uri') return uriPlace(name.value, subtree.value);
  if (name.type === 'directory' && subtree.type === 'directory')
    return isWithin(name.name, subtree.name) ? 'inside' : 'outside';
  return null;
}

/** Whether subtrees of this kind are written so that they can be applied. */
export function isReadable(subtree: GeneralName): boolean {
  switch (subtree.type) {
    case 'dns':
      return isDomain(withoutDot(subtree.value));
    case 'ip':
      return networkOf(subtree.bytes) !== null;
    case 'email':
      return subtree.value.includes('@') ? mailboxOf(subtree.value) !== null : isDomain(withoutDot(subtree.value));
    case 'uri':
      return isDomain(withoutDot(subtree.value));
    default:
      return true;
  }
}

const withoutDot = (text: string): string => (text.startsWith('.') ? text.slice(1) : text);
/** Nothing at all means everything. */
const isDomain = (text: string): boolean => text === '' || isHostName(text);
const isBelow = (name: string, domain: string): boolean => domain === '' || name.endsWith(`.${domain}`);

/**
 * Labels may be added on the left, or none. A dot at the beginning is no host name (RFC 5280 knows it for URIs and mail alone), but
 * many write it, and those who take it mean the hosts below.
 */
function hostPlace(name: string, subtree: string): Place {
  const domain = withoutDot(subtree).toLowerCase();
  if (!isDomain(domain)) return 'subtree-unreadable';
  if (!isPresentedName(name)) return 'name-unreadable';
  const [host, below] = [name.toLowerCase(), belowWildcard(name)?.toLowerCase() ?? null];
  const subdomains = subtree.startsWith('.');
  if (below === null) return isBelow(host, domain) || (host === domain && !subdomains) ? 'inside' : 'outside';
  if (below === domain || isBelow(below, domain)) return 'inside';
  // `*.example.com` may stand for `mail.example.com`, which is all of that subtree or nothing of it.
  return !subdomains && domain.slice(domain.indexOf('.') + 1) === below && domain.includes('.') ? 'partly' : 'outside';
}

function addressPlace(address: Uint8Array, subtree: Uint8Array): Place {
  const network = networkOf(subtree);
  if (network === null) return 'subtree-unreadable';
  if (address.length !== 4 && address.length !== 16) return 'name-unreadable';
  return isInNetwork(address, network) ? 'inside' : 'outside';
}

/** A mailbox, all mailboxes of one host, or all of the hosts below a domain. */
function mailboxPlace(name: string, subtree: string): Place {
  if (!isReadable({ type: 'email', value: subtree })) return 'subtree-unreadable';
  const mailbox = mailboxOf(name);
  if (mailbox === null) return 'name-unreadable';
  const only = mailboxOf(subtree);
  if (only !== null) return mailbox.local === only.local && mailbox.domain === only.domain ? 'inside' : 'outside';
  return hostOrBelow(mailbox.domain, subtree.toLowerCase());
}

/** One host, or with a dot at the beginning the hosts below a domain. */
function hostOrBelow(host: string, subtree: string): Place {
  const inside = subtree === '' || (subtree.startsWith('.') ? host.endsWith(subtree) : host === subtree);
  return inside ? 'inside' : 'outside';
}

/** Only what names a host in full can be compared. */
function uriPlace(name: string, subtree: string): Place {
  if (!isReadable({ type: 'uri', value: subtree })) return 'subtree-unreadable';
  const host = hostOfUri(name);
  return host === null ? 'name-unreadable' : hostOrBelow(host, subtree.toLowerCase());
}

/** RFC 3986 3.2.2 */
function hostOfUri(uri: string): string | null {
  const start = uri.indexOf('://');
  if (start <= 0) return null;
  const authority = uri.slice(start + 3).split(/[/?#]/, 1)[0] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1).split(':', 1)[0] ?? '';
  return isHostName(host) && addressOf(host) === null ? host.toLowerCase() : null;
}

const LONGEST = 200;

/** A name, or the base of a subtree, as people read it. */
export function generalNameToText(name: GeneralName, isSubtree = false): string {
  return textOf(name, isSubtree).slice(0, LONGEST);
}

function textOf(name: GeneralName, isSubtree: boolean): string {
  switch (name.type) {
    case 'dns':
    case 'email':
    case 'uri':
      return name.value === '' ? 'everything' : name.value;
    case 'ip':
      return isSubtree ? networkToText(name.bytes) : addressToText(name.bytes);
    case 'directory':
      return nameToText(name.name);
    case 'registered':
      return name.oid;
    case 'other':
      return `otherName ${name.oid}`;
    default:
      return name.type;
  }
}
