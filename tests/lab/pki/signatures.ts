import { constants, sign } from 'node:crypto';
import { contentOf, elementsIn, inside } from '../publisher/der-reader.ts';
import { element, explicit, integer, nothing, oid, sequence } from './der.ts';
import type { KeyPair } from './keys.ts';

export type Hash = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** How something is signed. `pss` is for RSA keys only; Ed25519 has no choice of hash. */
export interface SignatureChoice {
  readonly hash?: Hash;
  readonly padding?: 'pkcs1' | 'pss';
}

/** RFC 8017 A.2.4, RFC 4055 */
const RSA: Record<Hash, string> = {
  md5: '1.2.840.113549.1.1.4',
  sha1: '1.2.840.113549.1.1.5',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
};
const RSA_PSS = '1.2.840.113549.1.1.10';
const MASK_GENERATION = '1.2.840.113549.1.1.8';

/** RFC 3279 2.2.3, RFC 5758 3.2. There is none with MD5. */
const ECDSA: Record<Exclude<Hash, 'md5'>, string> = {
  sha1: '1.2.840.10045.4.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
};

/** RFC 8410 3 */
const ED25519 = '1.3.101.112';

/** RFC 8017 B.1 */
export const hashes: Record<Hash, string> = {
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};

/** The AlgorithmIdentifier of a signature by this key. RFC 5280 4.1.1.2 */
export function signatureAlgorithm({ kind }: KeyPair, { hash = 'sha256', padding }: SignatureChoice = {}): Uint8Array {
  if (kind === 'ed25519') return sequence(oid(ED25519));
  if (padding === 'pss') return sequence(oid(RSA_PSS), pssParameters(hash));
  if (kind.startsWith('rsa-')) return sequence(oid(RSA[hash]), nothing);
  if (hash === 'md5') throw new RangeError('There is no ECDSA with MD5.');
  return sequence(oid(ECDSA[hash]));
}

/** The hash, the mask made with the same hash, and salt as long as it. RFC 4055 3.1 */
function pssParameters(hash: Hash): Uint8Array {
  const algorithm = sequence(oid(hashes[hash]), nothing);
  const mask = sequence(oid(MASK_GENERATION), algorithm);
  return sequence(explicit(0, algorithm), explicit(1, mask), explicit(2, integer(saltLengths[hash])));
}

const saltLengths: Record<Hash, number> = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** Signs these bytes. */
export function signed(data: Uint8Array, key: KeyPair, { hash = 'sha256', padding }: SignatureChoice = {}): Uint8Array {
  const { kind, privateKey } = key;
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltLengths[hash] };
  const how = padding === 'pss' ? { key: privateKey, ...pss } : privateKey;
  return Uint8Array.from(sign(kind === 'ed25519' ? null : hash, data, how));
}

/** The same signature, the last bit of it turned over. */
export function damaged(signature: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(signature);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0x01;
  return bytes;
}

/** The hash that a certificate is signed with; null if its signature has none of its own, as with Ed25519. RFC 5280 4.1.1.2 */
export function signatureHashOf(certificate: Uint8Array): Hash | null {
  const [whole] = elementsIn(certificate);
  const [name, parameters] = inside(inside(whole, SEQUENCE)[1], SEQUENCE);
  const written = element(OID, contentOf(name, OID));
  if (isOid(written, RSA_PSS)) {
    const [hash] = inside(inside(inside(parameters, SEQUENCE)[0], FIRST)[0], SEQUENCE);
    return hashNamed(hashes, element(OID, contentOf(hash, OID)));
  }
  return hashNamed(RSA, written) ?? hashNamed(ECDSA, written);
}

const [SEQUENCE, OID, FIRST] = [0x30, 0x06, 0xa0];

function hashNamed(names: Partial<Record<Hash, string>>, written: Uint8Array): Hash | null {
  const known = Object.entries(names) as [Hash, string][];
  return known.find(([, name]) => isOid(written, name))?.[0] ?? null;
}

const isOid = (written: Uint8Array, name: string): boolean => Buffer.compare(written, oid(name)) === 0;
