/**
 * Inspecting proxies and antivirus programs, recognised by the names of the authorities that they make for themselves. They sit between
 * client and server, so that what is seen is their certificate and not the server's.
 */
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { type Name, shortName, valuesOf } from '#lib/wire/x509/name.ts';
import { attributeOids } from '#lib/wire/x509/oids.ts';
import rules from './data/interception.json' with { type: 'json' };

export interface Interceptor {
  /** `Fortinet FortiGate` */
  readonly product: string;
  /** What the authority calls itself. */
  readonly issuer: string;
}

const attributes: Readonly<Record<string, string>> = { O: attributeOids.organization, CN: attributeOids.commonName };

/** The first issuer in the path that belongs to a known product; null where there is none. */
export function interceptorOf(path: readonly Certificate[]): Interceptor | null {
  for (const { issuer } of path) {
    const rule = rules.find((one) => fits(issuer, one));
    if (rule !== undefined) return { product: rule.product, issuer: shortName(issuer) };
  }
  return null;
}

function fits(name: Name, { attribute, contains }: (typeof rules)[number]): boolean {
  const wanted = contains.toLowerCase();
  return valuesOf(name, attributes[attribute] ?? '').some((value) => value.toLowerCase().includes(wanted));
}
