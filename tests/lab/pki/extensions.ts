import { createHash } from 'node:crypto';
import { boolean, explicit, implicit, integer, namedBits, nothing, octetString, oid, sequence } from './der.ts';
import type { KeyPair } from './keys.ts';
import { encodeGeneralName, type GeneralName } from './names.ts';

/** One extension of a certificate, CRL or OCSP message. RFC 5280 4.1 */
export interface Extension {
  /** Dotted. */
  readonly id: string;
  readonly critical?: boolean;
  /** What stands inside the OCTET STRING. */
  readonly value: Uint8Array;
}

/** The extension as it stands in a list of them. RFC 5280 4.1 */
export function encodeExtension({ id, critical = false, value }: Extension): Uint8Array {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));
}

/** The numbers of the extensions. RFC 5280 4.2, 5.2; RFC 7633 6; RFC 6960 4.2.2.2.1, 4.4.1 */
export const extensionIds = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  crlReason: '2.5.29.21',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  tlsFeature: '1.3.6.1.5.5.7.1.24',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
} as const;

/** Whether the subject is an authority, and how many further ones may stand below it. RFC 5280 4.2.1.9 */
export function basicConstraints(isAuthority: boolean, pathLength?: number): Extension {
  const length = pathLength === undefined ? [] : [integer(pathLength)];
  const value = sequence(...(isAuthority ? [boolean(true)] : []), ...length);
  return { id: extensionIds.basicConstraints, critical: true, value };
}

/** In the order of their bits. RFC 5280 4.2.1.3 */
const keyUsages = [
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

/** What the key may be used for; nothing at all if nothing is given. RFC 5280 4.2.1.3 */
export function keyUsage(...uses: readonly (typeof keyUsages)[number][]): Extension {
  return { id: extensionIds.keyUsage, critical: true, value: namedBits(uses.map((use) => keyUsages.indexOf(use))) };
}

/** RFC 5280 4.2.1.12 */
const purposes = {
  any: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
} as const;

/** For which purposes. RFC 5280 4.2.1.12 */
export function extendedKeyUsage(...uses: readonly (keyof typeof purposes)[]): Extension {
  return { id: extensionIds.extendedKeyUsage, value: sequence(...uses.map((use) => oid(purposes[use]))) };
}

/** The names of the subject beside its distinguished name. RFC 5280 4.2.1.6 */
export function subjectAltName(names: readonly GeneralName[]): Extension {
  return { id: extensionIds.subjectAltName, value: sequence(...names.map(encodeGeneralName)) };
}

/** Which key this is. RFC 5280 4.2.1.2 */
export function subjectKeyIdentifier(key: KeyPair): Extension {
  return { id: extensionIds.subjectKeyIdentifier, value: octetString(keyIdentifier(key)) };
}

/** Which key of the issuer has signed. RFC 5280 4.2.1.1 */
export function authorityKeyIdentifier(key: KeyPair): Extension {
  return { id: extensionIds.authorityKeyIdentifier, value: sequence(implicit(0, octetString(keyIdentifier(key)))) };
}

/** SHA-1 over the bits of the public key: the first of the ways in RFC 5280 4.2.1.2, and what OCSP calls the key's hash. */
export function keyIdentifier(key: KeyPair, hash = 'sha1'): Uint8Array {
  return Uint8Array.from(createHash(hash).update(publicKeyBits(key)).digest());
}

// SEQUENCE { algorithm SEQUENCE, subjectPublicKey BIT STRING }: the bits come behind the BIT STRING's head.
function publicKeyBits({ spki }: KeyPair): Uint8Array {
  const algorithm = headLength(spki);
  const bits = spki.subarray(
    algorithm + headLength(spki.subarray(algorithm)) + contentLength(spki.subarray(algorithm)),
  );
  return bits.subarray(headLength(bits) + 1);
}

const headLength = (bytes: Uint8Array): number => ((bytes[1] ?? 0) < 0x80 ? 2 : 2 + ((bytes[1] ?? 0) & 0x7f));

function contentLength(bytes: Uint8Array): number {
  const head = headLength(bytes);
  return head === 2 ? (bytes[1] ?? 0) : bytes.subarray(2, head).reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Below which names an authority may issue, and below which not. RFC 5280 4.2.1.10 */
export function nameConstraints(limits: {
  readonly permitted?: readonly GeneralName[];
  readonly excluded?: readonly GeneralName[];
}): Extension {
  const trees = (number: number, names: readonly GeneralName[] = []): Uint8Array[] =>
    names.length === 0 ? [] : [explicit(number, ...names.map((name) => sequence(encodeGeneralName(name))))];
  const value = sequence(...trees(0, limits.permitted), ...trees(1, limits.excluded));
  return { id: extensionIds.nameConstraints, critical: true, value };
}

/** Where the issuer's certificate and its OCSP responder are. RFC 5280 4.2.2.1 */
export function authorityInfoAccess(where: {
  readonly ocsp?: readonly string[];
  readonly issuers?: readonly string[];
}): Extension {
  const method = (id: string, urls: readonly string[] = []): Uint8Array[] =>
    urls.map((uri) => sequence(oid(id), encodeGeneralName({ uri })));
  const ocsp = method('1.3.6.1.5.5.7.48.1', where.ocsp);
  const issuers = method('1.3.6.1.5.5.7.48.2', where.issuers);
  return { id: extensionIds.authorityInfoAccess, value: sequence(...ocsp, ...issuers) };
}

/** One distribution point for each URL. RFC 5280 4.2.1.13 */
export function crlDistributionPoints(...urls: readonly string[]): Extension {
  const points = urls.map((uri) => sequence(explicit(0, explicit(0, encodeGeneralName({ uri })))));
  return { id: extensionIds.crlDistributionPoints, value: sequence(...points) };
}

/** The server has to staple an OCSP answer ("must-staple"): the TLS feature `status_request`. RFC 7633 */
export function mustStaple(): Extension {
  return { id: extensionIds.tlsFeature, value: sequence(integer(5)) };
}

/** Nobody needs to ask whether this OCSP responder has been revoked. RFC 6960 4.2.2.2.1 */
export function ocspNoCheck(): Extension {
  return { id: extensionIds.ocspNoCheck, value: nothing };
}

/** By which rules it was issued. RFC 5280 4.2.1.4 */
export function certificatePolicies(...ids: readonly string[]): Extension {
  return { id: extensionIds.certificatePolicies, value: sequence(...ids.map((id) => sequence(oid(id)))) };
}

/** One that nobody knows. The number belongs to the documentation arc. RFC 5612 */
export function unknownExtension(critical: boolean): Extension {
  return { id: '1.3.6.1.4.1.32473.1.1', critical, value: octetString(Buffer.from('unknown')) };
}

/** One that nobody knows and that holds so many bytes of nothing. */
export function padding(length: number): Extension {
  return { id: '1.3.6.1.4.1.32473.1.2', value: octetString(new Uint8Array(length)) };
}
