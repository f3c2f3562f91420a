/** What an algorithm identifier of a signature means. RFC 3279 2.2, RFC 4055, RFC 5758, RFC 8410, RFC 8692 */
import {
  contextConstructed,
  type DerReader,
  type DerValue,
  INTEGER,
  inside,
  SEQUENCE,
  unwrap,
  wholeValue,
} from '../der/reader.ts';
import { numberOf } from '../der/values.ts';
import { type AlgorithmIdentifier, readAlgorithm } from './algorithm.ts';
import { type Hash, hashName } from './oids.ts';

export type { Hash } from './oids.ts';

export interface SignatureAlgorithm {
  readonly oid: string;
  /** As people write it: `sha256WithRSAEncryption`, `ecdsa-with-SHA384`; the OID for one that is not known. */
  readonly name: string;
  readonly family: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'ed25519' | 'ed448' | 'dsa' | 'unknown';
  /** Null where the family has its own (Ed25519), or where it is not known. */
  readonly hash: Hash | null;
  /** For RSA-PSS alone. */
  readonly pss: PssParameters | null;
}

/** RFC 4055 3.1 */
export interface PssParameters {
  readonly hash: Hash | null;
  /** Hash of the mask generation function; null, too, where that function is not MGF1. */
  readonly maskHash: Hash | null;
  readonly saltLength: number;
  /** 1; no other is defined. */
  readonly trailerField: number;
}

type Known = readonly [name: string, family: SignatureAlgorithm['family'], hash: Hash | null];

const RSA_PSS = '1.2.840.113549.1.1.10';
const MGF1 = '1.2.840.113549.1.1.8';

const known: Readonly<Record<string, Known>> = {
  '1.2.840.113549.1.1.2': ['md2WithRSAEncryption', 'rsa-pkcs1', 'md2'],
  '1.2.840.113549.1.1.3': ['md4WithRSAEncryption', 'rsa-pkcs1', 'md4'],
  '1.2.840.113549.1.1.4': ['md5WithRSAEncryption', 'rsa-pkcs1', 'md5'],
  '1.2.840.113549.1.1.5': ['sha1WithRSAEncryption', 'rsa-pkcs1', 'sha1'],
  // OIW's, which old versions of makecert wrote.
  '1.3.14.3.2.29': ['sha1WithRSA', 'rsa-pkcs1', 'sha1'],
  '1.2.840.113549.1.1.14': ['sha224WithRSAEncryption', 'rsa-pkcs1', 'sha224'],
  '1.2.840.113549.1.1.11': ['sha256WithRSAEncryption', 'rsa-pkcs1', 'sha256'],
  '1.2.840.113549.1.1.12': ['sha384WithRSAEncryption', 'rsa-pkcs1', 'sha384'],
  '1.2.840.113549.1.1.13': ['sha512WithRSAEncryption', 'rsa-pkcs1', 'sha512'],
  '1.2.840.113549.1.1.15': ['sha512-224WithRSAEncryption', 'rsa-pkcs1', 'sha512-224'],
  '1.2.840.113549.1.1.16': ['sha512-256WithRSAEncryption', 'rsa-pkcs1', 'sha512-256'],
  '2.16.840.1.101.3.4.3.13': ['RSA-SHA3-224', 'rsa-pkcs1', 'sha3-224'],
  '2.16.840.1.101.3.4.3.14': ['RSA-SHA3-256', 'rsa-pkcs1', 'sha3-256'],
  '2.16.840.1.101.3.4.3.15': ['RSA-SHA3-384', 'rsa-pkcs1', 'sha3-384'],
  '2.16.840.1.101.3.4.3.16': ['RSA-SHA3-512', 'rsa-pkcs1', 'sha3-512'],
  [RSA_PSS]: ['rsassaPss', 'rsa-pss', null],
  '1.2.840.10045.4.1': ['ecdsa-with-SHA1', 'ecdsa', 'sha1'],
  '1.2.840.10045.4.3.1': ['ecdsa-with-SHA224', 'ecdsa', 'sha224'],
  '1.2.840.10045.4.3.2': ['ecdsa-with-SHA256', 'ecdsa', 'sha256'],
  '1.2.840.10045.4.3.3': ['ecdsa-with-SHA384', 'ecdsa', 'sha384'],
  '1.2.840.10045.4.3.4': ['ecdsa-with-SHA512', 'ecdsa', 'sha512'],
  '2.16.840.1.101.3.4.3.9': ['ecdsa-with-SHA3-224', 'ecdsa', 'sha3-224'],
  '2.16.840.1.101.3.4.3.10': ['ecdsa-with-SHA3-256', 'ecdsa', 'sha3-256'],
  '2.16.840.1.101.3.4.3.11': ['ecdsa-with-SHA3-384', 'ecdsa', 'sha3-384'],
  '2.16.840.1.101.3.4.3.12': ['ecdsa-with-SHA3-512', 'ecdsa', 'sha3-512'],
  '1.3.101.112': ['Ed25519', 'ed25519', null],
  '1.3.101.113': ['Ed448', 'ed448', null],
  '1.2.840.10040.4.3': ['dsa-with-SHA1', 'dsa', 'sha1'],
  '2.16.840.1.101.3.4.3.1': ['dsa-with-SHA224', 'dsa', 'sha224'],
  '2.16.840.1.101.3.4.3.2': ['dsa-with-SHA256', 'dsa', 'sha256'],
  '2.16.840.1.101.3.4.3.3': ['dsa-with-SHA384', 'dsa', 'sha384'],
  '2.16.840.1.101.3.4.3.4': ['dsa-with-SHA512', 'dsa', 'sha512'],
  // Names to be shown; today's clients verify none of them. FIPS 204, GM/T 0006
  '2.16.840.1.101.3.4.3.17': ['ML-DSA-44', 'unknown', null],
  '2.16.840.1.101.3.4.3.18': ['ML-DSA-65', 'unknown', null],
  '2.16.840.1.101.3.4.3.19': ['ML-DSA-87', 'unknown', null],
  '1.2.156.10197.1.501': ['SM2-with-SM3', 'unknown', null],
};

/**
 * Says what an algorithm identifier means.
 * @throws WireError where the parameters of RSA-PSS cannot be read
 */
export function describeSignatureAlgorithm(algorithm: AlgorithmIdentifier): SignatureAlgorithm {
  const { oid } = algorithm;
  const [name, family, hash] = known[oid] ?? [oid, 'unknown', null];
  const pss = oid === RSA_PSS ? readPss(algorithm) : null;
  return { oid, name, family, hash: pss === null ? hash : pss.hash, pss };
}

/** Each field has a default, and each default is SHA-1's. RFC 4055 3.1 */
function readPss({ parameters, path, offset }: AlgorithmIdentifier): PssParameters {
  const place = { path: `${path}.parameters`, offset, spec: 'RFC 4055 3.1' };
  const reader = inside(wholeValue(parameters ?? new Uint8Array(), place, SEQUENCE));
  const hash = readTagged(reader, 'hashAlgorithm', 0, SEQUENCE, hashOf) ?? 'sha1';
  const mask = readTagged(reader, 'maskGenAlgorithm', 1, SEQUENCE, readAlgorithm);
  const saltLength = readTagged(reader, 'saltLength', 2, INTEGER, numberOf) ?? 20;
  const trailerField = readTagged(reader, 'trailerField', 3, INTEGER, numberOf) ?? 1;
  reader.end();
  return {
    hash: hash === 'unknown' ? null : hash,
    maskHash: mask === null ? 'sha1' : maskHashOf(mask),
    saltLength,
    trailerField,
  };
}

function readTagged<T>(
  reader: DerReader,
  name: string,
  number: number,
  tag: number,
  read: (value: DerValue) => T,
): T | null {
  const value = reader.optional(name, contextConstructed(number));
  return value === null ? null : read(unwrap(value, tag));
}

const hashOf = (value: DerValue): Hash | 'unknown' => hashName(readAlgorithm(value).oid) ?? 'unknown';

/** The hash is the parameter of the mask function. RFC 4055 2.2 */
function maskHashOf({ oid, parameters, path, offset }: AlgorithmIdentifier): Hash | null {
  if (oid !== MGF1) return null;
  const place = { path: `${path}.parameters`, offset, spec: 'RFC 4055 2.2' };
  return hashName(readAlgorithm(wholeValue(parameters ?? new Uint8Array(), place, SEQUENCE)).oid);
}
