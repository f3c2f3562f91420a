/** Extensions that say what a key and its certificate are for. RFC 5280 4.2.1.3, 4.2.1.9, 4.2.1.12; RFC 7633 */
import { BIT_STRING, BOOLEAN, INTEGER, inside, OBJECT_IDENTIFIER } from '../../der/reader.ts';
import { booleanOf, numberOf, oidOf, setBitsOf } from '../../der/values.ts';
import { type Extension, openExtension } from '../extension.ts';
import { keyPurposeName } from '../oids.ts';

/** In the order of their bits. */
export const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

export interface BasicConstraints {
  readonly authority: boolean;
  /** How many authorities may follow below it; null where nothing is said. */
  readonly pathLength: number | null;
}

export interface ExtendedKeyUsage {
  readonly oid: string;
  /** `serverAuth`; the OID for one that is not known. */
  readonly name: string;
}

/** RFC 5280 4.2.1.9 */
export function decodeBasicConstraints(extension: Extension): BasicConstraints {
  const reader = inside(openExtension(extension, 'basicConstraints', 'RFC 5280 4.2.1.9'));
  const authority = reader.optional('cA', BOOLEAN);
  const pathLength = reader.optional('pathLenConstraint', INTEGER);
  reader.end();
  return {
    authority: authority !== null && booleanOf(authority),
    pathLength: pathLength === null ? null : numberOf(pathLength),
  };
}

/** The bits that are set. RFC 5280 4.2.1.3 forbids none at all; that comes out as an empty list. */
export function decodeKeyUsage(extension: Extension): KeyUsage[] {
  const bits = setBitsOf(openExtension(extension, 'keyUsage', 'RFC 5280 4.2.1.3', BIT_STRING), KEY_USAGES.length);
  return bits.flatMap((bit) => KEY_USAGES[bit] ?? []);
}

/** RFC 5280 4.2.1.12 */
export function decodeExtendedKeyUsage(extension: Extension): ExtendedKeyUsage[] {
  const list = inside(openExtension(extension, 'extKeyUsage', 'RFC 5280 4.2.1.12'));
  const oids = Array.from(list.rest(OBJECT_IDENTIFIER), oidOf);
  return oids.map((oid) => ({ oid, name: keyPurposeName(oid) }));
}

/** TLS extensions that the server has to send: 5 is status_request, "must staple". RFC 7633 4 */
export function decodeTlsFeature(extension: Extension): number[] {
  return Array.from(inside(openExtension(extension, 'tlsFeature', 'RFC 7633 4')).rest(INTEGER), numberOf);
}
