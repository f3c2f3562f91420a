/** Whether a key made a signature. RFC 5280 4.1.1.3, 6.1.3 (a)(1); RFC 4055, RFC 5758, RFC 8410, RFC 9881 */
import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { WireError } from '#lib/wire/error.ts';
import type { AlgorithmIdentifier } from '#lib/wire/x509/algorithm.ts';
import type { BitString, SubjectPublicKeyInfo } from '#lib/wire/x509/public-key.ts';
import { describeSignatureAlgorithm, type SignatureAlgorithm } from '#lib/wire/x509/signature-algorithm.ts';

/** A certificate, a CRL, an OCSP answer. */
export interface Signed {
  readonly tbsRaw: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: BitString;
}

export type SignatureCheck =
  | { readonly state: 'good' }
  /** Another key made it, or something was changed since. */
  | { readonly state: 'wrong' }
  /** Nobody knows: `reason` says why, in a few words. */
  | { readonly state: 'not-computed'; readonly reason: string };

/** RSA keys beyond these are no issuer's: no authority uses them, and one signature under them takes milliseconds. */
export const LARGEST_MODULUS = 8_192;
export const LARGEST_EXPONENT = 2n ** 32n;

const notComputed = (reason: string): SignatureCheck => ({ state: 'not-computed', reason });

/** Checks one signature; costs at most a few milliseconds, whatever the key. */
export function checkSignature(signed: Signed, issuer: SubjectPublicKeyInfo): SignatureCheck {
  const algorithm = readAlgorithm(signed.signatureAlgorithm);
  if (typeof algorithm === 'string') return notComputed(algorithm);
  const misfit = misfitOf(algorithm, issuer);
  if (misfit !== null) return misfit;
  const key = readKey(issuer);
  if (key === null) return notComputed('the key of the issuer cannot be read');
  // A signature is a whole number of octets. RFC 5280 4.1.1.3
  if (signed.signature.unusedBits > 0) return { state: 'wrong' };
  return compute(signed, algorithm, key);
}

function readAlgorithm(identifier: AlgorithmIdentifier): SignatureAlgorithm | string {
  try {
    return describeSignatureAlgorithm(identifier);
  } catch (error) {
    if (error instanceof WireError) return `the parameters of the signature: ${error.reason}`;
    throw error;
  }
}

/** ML-DSA signs with keys of the same identifier, and with no hash of its own. RFC 9881 2 */
const ML_DSA: readonly string[] = [17, 18, 19].map((last) => `2.16.840.1.101.3.4.3.${last}`);

/** Why this key cannot have made such a signature, or why that is not computed; null where it is worth computing. */
function misfitOf(algorithm: SignatureAlgorithm, issuer: SubjectPublicKeyInfo): SignatureCheck | null {
  const { key } = issuer;
  if (key.kind === 'unreadable') return notComputed(`the key of the issuer cannot be read: ${key.fault.reason}`);
  if (ML_DSA.includes(algorithm.oid)) return issuer.algorithm.oid === algorithm.oid ? null : { state: 'wrong' };
  if (algorithm.family === 'unknown') return notComputed(`the algorithm ${algorithm.name} is not known`);
  if (algorithm.family === 'dsa') return notComputed('DSA is not computed any more');
  if (!KEYS[algorithm.family].includes(key.kind)) return { state: 'wrong' };
  if (algorithm.pss !== null && (algorithm.pss.hash === null || algorithm.pss.maskHash !== algorithm.pss.hash))
    return notComputed('RSA-PSS with a hash that is not known, or with two of them');
  if (algorithm.hash === 'md2') return notComputed('MD2 is not computed any more');
  if (key.kind === 'ec' && key.curveBits === null) return notComputed(`a key on ${key.curveName}`);
  return 'modulusBits' in key ? tooLarge(key.modulusBits, key.exponent) : null;
}

const KEYS: Readonly<Record<Exclude<SignatureAlgorithm['family'], 'unknown' | 'dsa'>, readonly string[]>> = {
  'rsa-pkcs1': ['rsa'],
  'rsa-pss': ['rsa', 'rsa-pss'],
  ecdsa: ['ec'],
  ed25519: ['ed25519'],
  ed448: ['ed448'],
};

function tooLarge(modulusBits: number, exponent: bigint): SignatureCheck | null {
  if (modulusBits > LARGEST_MODULUS) return notComputed(`an RSA key of ${modulusBits} bits`);
  return exponent > LARGEST_EXPONENT ? notComputed('an RSA key with a huge exponent') : null;
}

const keys = new WeakMap<SubjectPublicKeyInfo, KeyObject | null>();

/** Null where OpenSSL does not take it: a point beside its curve, a curve that it does not know. */
function readKey(info: SubjectPublicKeyInfo): KeyObject | null {
  const known = keys.get(info);
  if (known !== undefined) return known;
  const key = openKey(info.raw);
  keys.set(info, key);
  return key;
}

/** Whether a key can be used at all; those that are not computed because of their size or kind can. */
export function isUsableKey(info: SubjectPublicKeyInfo): boolean {
  const { key } = info;
  const isCurve = key.kind === 'ec' && key.curveBits !== null;
  return !(isCurve || key.kind === 'ed25519') || readKey(info) !== null;
}

function openKey(spki: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

function compute(
  { tbsRaw, signature }: Signed,
  { family, hash, pss }: SignatureAlgorithm,
  key: KeyObject,
): SignatureCheck {
  const options =
    pss === null
      ? { key, ...(family === 'rsa-pkcs1' ? { padding: constants.RSA_PKCS1_PADDING } : {}) }
      : { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss.saltLength };
  try {
    return { state: verify(pss?.hash ?? hash, tbsRaw, options, signature.bytes) ? 'good' : 'wrong' };
  } catch {
    // OpenSSL throws where the octets have not even the form of a signature.
    return { state: 'wrong' };
  }
}
