/** How the names of a leaf are written. RFC 5280 4.2.1.6; BR 3.2.2.6, 7.1.2.7.12, 7.1.4.3 */
import type { GeneralName } from '#lib/wire/x509/general-name.ts';
import { valuesOf } from '#lib/wire/x509/name.ts';
import { attributeOids } from '#lib/wire/x509/oids.ts';
import { addressOf, addressToText } from '../address.ts';
import type { Facts } from '../facts.ts';
import { baseline, invalid, rfc } from '../found.ts';
import { belowWildcard, canonicalHost, isPresentedName, isRegistry } from '../host-name.ts';
import { mailboxOf } from '../mailbox.ts';
import type { Enforcement, Found } from '../problem.ts';
import type { Position } from './position.ts';

/** Subject alternative names that are none, and common names that are not among them. */
export function nameRules({ certificate, names }: Facts, { role, usage }: Position): Found[] {
  if (role !== 'leaf' || names === null) return [];
  const empty = names.length === 0 ? [invalid('alternative-name', rfc('4.2.1.6', 'strict'), 'an empty list')] : [];
  const commonNames = valuesOf(certificate.subject, attributeOids.commonName);
  const texts = new Set(names.flatMap(textOf));
  const other = usage === 'server' ? commonNames.slice(0, MOST_NAMES).flatMap((one) => commonNameRule(one, texts)) : [];
  return [...empty, ...names.flatMap(alternativeNameRule), ...other];
}

function alternativeNameRule(name: GeneralName): Found[] {
  switch (name.type) {
    case 'dns':
      return hostNameRule(name.value);
    case 'ip':
      return [4, 16].includes(name.bytes.length) ? [] : [misspelt(addressToText(name.bytes), 'no IP address')];
    case 'email':
      return mailboxOf(name.value) === null ? [misspelt(name.value, 'no mailbox')] : [];
    default:
      return [];
  }
}

const misspelt = (name: string, what: string): Found =>
  invalid('alternative-name', rfc('4.2.1.6', 'strict'), `${what}: ${name}`);

/** Clients take underscores, and pass over what is no name at all; both are forbidden. */
function hostNameRule(name: string): Found[] {
  if (addressOf(name) !== null)
    return [invalid('alternative-name', baseline('7.1.2.7.12', 'strict'), `an IP address as a host name: ${name}`)];
  if (!isPresentedName(name, true)) return [misspelt(name, 'no host name')];
  const domain = belowWildcard(name);
  if (domain === null || !isRegistry(domain)) return [];
  return [invalid('alternative-name', baseline('3.2.2.6', 'strict'), `a wildcard for all of a registry: ${name}`)];
}

/** A subject has one common name; what is wrong with the twentieth nobody wants to know. */
const MOST_NAMES = 20;

function textOf(name: GeneralName): string[] {
  if (name.type === 'dns') return [name.value];
  return name.type === 'ip' ? [addressToText(name.bytes)] : [];
}

/**
 * Character for character; addresses in their canonical form. No client looks at common names any more, and foreign ones are common
 * in private certificates; one that says what an alternative name says, in another spelling, is a mistake.
 */
function commonNameRule(commonName: string, texts: ReadonlySet<string>): Found[] {
  if (texts.has(commonName)) return [];
  const canonical = canonicalHost(commonName);
  const isMisspelt = canonical !== null && canonical !== commonName && (texts.has(canonical) || !isAscii(commonName));
  if (isMisspelt) return [foreign('strict', `must be written ${canonical}: ${commonName}`)];
  return [foreign('nobody', `not among the alternative names: ${commonName}`)];
}

const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);

const foreign = (enforcedBy: Enforcement, reason: string): Found =>
  invalid('common-name', baseline('7.1.4.3', enforcedBy), reason);
