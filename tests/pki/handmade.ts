/** Certificates whose fields are written one by one, for what the lab's writer always writes rightly. RFC 5280 4.1 */
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { bitString, explicit, integer, oid, sequence } from '#tests/lab/pki/der.ts';
import {
  authorityKeyIdentifier,
  encodeExtension,
  extendedKeyUsage,
  keyUsage,
  subjectAltName,
} from '#tests/lab/pki/extensions.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { encodeName } from '#tests/lab/pki/names.ts';
import { type Hash, signatureAlgorithm, signed } from '#tests/lab/pki/signatures.ts';
import { HOST } from './chains.ts';

export interface Parts {
  readonly issuer: Certificate;
  /** Whole elements. */
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly version?: Uint8Array;
  readonly extensions?: Uint8Array;
}

/** A server's certificate, and each part of it as it is given. */
export function handmade({ issuer, from, to, version, extensions }: Parts): Uint8Array {
  const algorithm = signatureAlgorithm(issuer.key);
  const body = sequence(
    version ?? explicit(0, integer(2)),
    integer(1),
    algorithm,
    issuer.subject,
    sequence(from, to),
    encodeName({ CN: HOST }),
    pooledKey('p-256', 'handmade').spki,
    extensions ?? explicit(3, sequence(...usual(issuer).map(encodeExtension))),
  );
  return sequence(body, algorithm, bitString(signed(body, issuer.key)));
}

const usual = ({ key }: Certificate) => [
  keyUsage('digitalSignature'),
  extendedKeyUsage('serverAuth'),
  subjectAltName([{ dns: HOST }]),
  authorityKeyIdentifier(key),
];

/** The AlgorithmIdentifier of ECDSA with some hash. */
export const ecdsaWith = (hash: Hash): Uint8Array => signatureAlgorithm(pooledKey('p-256'), { hash });

/** The AlgorithmIdentifier of RSA with some hash; without the NULL that belongs to it if that is wished. RFC 4055 5 */
export const rsaWith = (last: number, ...parameters: readonly Uint8Array[]): Uint8Array =>
  sequence(oid(`1.2.840.113549.1.1.${last}`), ...parameters);
