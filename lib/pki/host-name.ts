/**
 * Names of hosts: how they are written, and whether a certificate names one. RFC 9525 6, RFC 5280 4.2.1.6, RFC 1034 3.5
 *
 * Only subject alternative names count; the common name is looked at for nothing but to say that it would have fitted.
 */

import { sameOctets } from '#lib/wire/der/values.ts';
import type { GeneralName } from '#lib/wire/x509/general-name.ts';
import { addressOf } from './address.ts';
import registries from './data/registries.json' with { type: 'json' };

const LONGEST_NAME = 253;

/** Letters, digits, hyphens; the underscore that RFC 1034 forbids is taken by all clients, so `strictly` has to be asked for. */
export function isHostName(name: string, strictly = false): boolean {
  if (name.length > LONGEST_NAME) return false;
  return name.split('.').every((label) => isLabel(label, strictly));
}

/** One class and two lookups: the cost is that of the label. */
function isLabel(label: string, strictly: boolean): boolean {
  if (label.length > 63 || label.startsWith('-') || label.endsWith('-')) return false;
  return (strictly ? /^[a-z0-9-]+$/i : /^[a-z0-9_-]+$/i).test(label);
}

/** What stands below the asterisk of `*.example.com`; null for what is no wildcard as RFC 9525 6.3 allows it. */
export function belowWildcard(name: string): string | null {
  return name.startsWith('*.') ? name.slice(2) : null;
}

/** A dNSName as it may stand in a certificate: a host, or all hosts of one domain. */
export function isPresentedName(name: string, strictly = false): boolean {
  return isHostName(belowWildcard(name) ?? name, strictly);
}

const secondLevels = new Map<string, readonly string[]>(Object.entries(registries));

/** Whether everybody can register names below: a top-level domain, or one of the registries that work one level below. */
export function isRegistry(domain: string): boolean {
  const labels = domain.toLowerCase().split('.');
  const [second = '', top = ''] = labels;
  return labels.length === 1 || (labels.length === 2 && (secondLevels.get(top)?.includes(second) ?? false));
}

/**
 * Whether a dNSName of a certificate stands for this host.
 * @param host A-labels, without a trailing dot
 */
export function matchesHost(presented: string, host: string): boolean {
  if (!isPresentedName(presented)) return false;
  const domain = belowWildcard(presented)?.toLowerCase();
  if (domain === undefined) return presented.toLowerCase() === host;
  // The asterisk stands for one label, and never for all names that a registry gives out.
  return !isRegistry(domain) && host.slice(host.indexOf('.') + 1) === domain && host.indexOf('.') > 0;
}

/** A host as it is compared: lower case, without the dot at the end that makes a name absolute. */
export function referenceOf(host: string): string {
  const name = host.endsWith('.') ? host.slice(0, -1) : host;
  return name.toLowerCase();
}

/**
 * How the host of an address would have to be written, by the rules that browsers read addresses by: lower case, A-labels, four
 * decimal numbers. Null for what is not the name of a host under a domain, nor an address. URL Standard 3.5
 */
export function canonicalHost(text: string): string | null {
  if (text.length > LONGEST_NAME || /[/\\?#@%[\]\s]/.test(text)) return null;
  const isSix = text.includes(':');
  const read = URL.parse(isSix ? `http://[${text}]/` : `http://${text}/`)?.hostname ?? '';
  const host = isSix ? read.slice(1, -1) : read;
  return host.includes('.') || host.includes(':') ? host : null;
}

/** Whether one of the names stands for this host: IP addresses are compared with IP addresses alone. RFC 9525 6.3, 6.4 */
export function namesHost(names: readonly GeneralName[], host: string): boolean {
  const address = addressOf(host);
  if (address !== null) return names.some((name) => name.type === 'ip' && sameOctets(name.bytes, address));
  const reference = referenceOf(host);
  return isHostName(reference) && names.some((name) => name.type === 'dns' && matchesHost(name.value, reference));
}

/** Whether one of the common names would stand for this host, if common names still counted. RFC 9525 2 */
export function commonNameFits(commonNames: readonly string[], host: string): boolean {
  const address = addressOf(host);
  if (address === null) return commonNames.some((name) => matchesHost(name, referenceOf(host)));
  return commonNames.some((name) => {
    const other = addressOf(name);
    return other !== null && sameOctets(other, address);
  });
}
