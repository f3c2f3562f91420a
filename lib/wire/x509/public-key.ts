/** SubjectPublicKeyInfo. RFC 5280 4.1.2.7, RFC 3279 2.3, RFC 5480 2, RFC 8410 4 */
import {
  BIT_STRING,
  badValue,
  type DerValue,
  INTEGER,
  inside,
  NULL,
  OBJECT_IDENTIFIER,
  SEQUENCE,
  wholeValue,
} from '../der/reader.ts';
import { type BitString, bigNumberOf, bitsOf, integerOf, oidOf } from '../der/values.ts';
import { WireError } from '../error.ts';
import { type AlgorithmIdentifier, readAlgorithm } from './algorithm.ts';
import { curves, keyOids } from './oids.ts';

export type { BitString } from '../der/values.ts';

export interface SubjectPublicKeyInfo {
  /** The whole DER value: what `crypto.createPublicKey({ format: 'der', type: 'spki' })` takes. */
  readonly raw: Uint8Array;
  readonly algorithm: AlgorithmIdentifier;
  /** The key itself; a key identifier is the SHA-1 of its octets (RFC 5280 4.2.1.2). */
  readonly bits: BitString;
  readonly key: PublicKey;
}

export type PublicKey =
  | {
      /** `rsa-pss` is a key that may be used for nothing else. RFC 4055 1.2 */
      readonly kind: 'rsa' | 'rsa-pss';
      /** Octets of the modulus, without leading zeros. */
      readonly modulus: Uint8Array;
      /** 2048, 4096, …: the position of its highest bit. */
      readonly modulusBits: number;
      readonly exponent: bigint;
    }
  | {
      readonly kind: 'ec';
      /** OID of a named curve; RFC 5480 2.1.1 forbids the others. */
      readonly curve: string | 'explicit parameters' | 'implicit curve';
      /** The curve as people call it, `P-256`; the OID for one that is not known. */
      readonly curveName: string;
      /** Its size; null for one that is not known. */
      readonly curveBits: number | null;
      readonly point: Uint8Array;
    }
  | { readonly kind: 'ed25519' | 'ed448' | 'x25519' | 'x448'; readonly octets: Uint8Array }
  | { readonly kind: 'dsa'; readonly primeBits: number | null }
  | { readonly kind: 'unknown' }
  /** The algorithm is known, but the key is not what it should be. The rest of the certificate can still be read. */
  | { readonly kind: 'unreadable'; readonly algorithm: string; readonly fault: WireError };

/** Reads the algorithm and the key. A key that is not what its algorithm says comes out as `unreadable`. */
export function readPublicKey(value: DerValue): SubjectPublicKeyInfo {
  const reader = inside(value, { spec: 'RFC 5280 4.1.2.7' });
  const algorithm = readAlgorithm(reader.take('algorithm', SEQUENCE));
  const octets = reader.take('subjectPublicKey', BIT_STRING);
  const bits = bitsOf(octets);
  reader.end();
  return { raw: value.raw, algorithm, bits, key: readKey(algorithm, bits, octets) };
}

const kinds: Readonly<Record<string, Exclude<PublicKey['kind'], 'unknown' | 'unreadable'>>> = {
  [keyOids.rsa]: 'rsa',
  [keyOids.rsaPss]: 'rsa-pss',
  [keyOids.ec]: 'ec',
  [keyOids.dsa]: 'dsa',
  [keyOids.ed25519]: 'ed25519',
  [keyOids.ed448]: 'ed448',
  [keyOids.x25519]: 'x25519',
  [keyOids.x448]: 'x448',
};

function readKey(algorithm: AlgorithmIdentifier, bits: BitString, place: DerValue): PublicKey {
  const kind = kinds[algorithm.oid];
  if (kind === undefined) return { kind: 'unknown' };
  try {
    if (bits.unusedBits > 0) throw badValue(place, 'a key that is no whole number of octets');
    if (kind === 'rsa' || kind === 'rsa-pss') return { kind, ...rsaKey(bits, place) };
    if (kind === 'ec') return { kind, ...curveOf(algorithm), point: bits.bytes };
    if (kind === 'dsa') return { kind, primeBits: primeBitsOf(algorithm) };
    return { kind, octets: octetsOfLength(OCTETS[kind], bits, place) };
  } catch (fault) {
    if (fault instanceof WireError) return { kind: 'unreadable', algorithm: kind, fault };
    throw fault;
  }
}

/** RFC 3279 2.3.1 */
function rsaKey({ bytes }: BitString, place: DerValue): { modulus: Uint8Array; modulusBits: number; exponent: bigint } {
  const spec = 'RFC 3279 2.3.1';
  // Behind the octet that counts unused bits.
  const offset = place.contentOffset + 1;
  const reader = inside(wholeValue(bytes, { path: `${place.path}.rsa`, offset, spec }, SEQUENCE));
  const number = reader.take('modulus', INTEGER);
  const modulus = positive(number);
  const exponent = bigNumberOf(reader.take('publicExponent', INTEGER));
  reader.end();
  return { modulus, modulusBits: bitLength(modulus), exponent };
}

/** Octets of a number above zero, without leading zeros. */
function positive(value: DerValue): Uint8Array {
  const octets = integerOf(value);
  const [first = 0] = octets;
  if (first >= 0x80 || (first === 0 && octets.length === 1)) throw badValue(value, 'a number that is not above zero');
  return first === 0 ? octets.subarray(1) : octets;
}

const bitLength = (octets: Uint8Array): number => octets.length * 8 - (Math.clz32(octets[0] ?? 0) - 24);

/** RFC 5480 2.1.1 */
function curveOf({ parameters, path, offset }: AlgorithmIdentifier) {
  const place = { path: `${path}.parameters`, offset, spec: 'RFC 5480 2.1.1' };
  if (parameters === null) throw badValue(place, 'a key on no curve');
  const unnamed = { curveBits: null };
  if (parameters[0] === SEQUENCE)
    return { curve: 'explicit parameters', curveName: 'explicit parameters', ...unnamed } as const;
  if (parameters[0] === NULL) return { curve: 'implicit curve', curveName: 'implicit curve', ...unnamed } as const;
  const curve = oidOf(wholeValue(parameters, place, OBJECT_IDENTIFIER));
  return { curve, curveName: curves[curve]?.name ?? curve, curveBits: curves[curve]?.bits ?? null };
}

/** Null where the parameters are those of the issuer. RFC 3279 2.3.2 */
function primeBitsOf({ parameters, path, offset }: AlgorithmIdentifier): number | null {
  if (parameters === null || parameters[0] === NULL) return null;
  const place = { path: `${path}.parameters`, offset, spec: 'RFC 3279 2.3.2' };
  return bitLength(positive(inside(wholeValue(parameters, place, SEQUENCE)).take('p', INTEGER)));
}

/** RFC 8410 4: RFC 7748 5, RFC 8032 5.1.5, 5.2.5 */
const OCTETS = { ed25519: 32, ed448: 57, x25519: 32, x448: 56 } as const;

function octetsOfLength(length: number, { bytes }: BitString, place: DerValue): Uint8Array {
  if (bytes.length !== length) throw badValue(place, `a key of ${bytes.length} octets, not ${length}`, 'RFC 8410 4');
  return bytes;
}
