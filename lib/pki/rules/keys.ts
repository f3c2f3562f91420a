/** Keys and hashes that are too weak, or that nobody uses on the public web. BR 6.1.5, 6.1.6, 7.1.3; RFC 5480 2.1.1 */
import { WireError } from '#lib/wire/error.ts';
import type { PublicKey } from '#lib/wire/x509/public-key.ts';
import { describeSignatureAlgorithm, type Hash } from '#lib/wire/x509/signature-algorithm.ts';
import type { Facts } from '../facts.ts';
import { baseline, found, invalid, rfc } from '../found.ts';
import type { Found, Ground } from '../problem.ts';
import { isUsableKey, LARGEST_EXPONENT, LARGEST_MODULUS } from '../signature.ts';
import type { Position } from './position.ts';

/** The key of a certificate, and the hash under its signature; an anchor is trusted for other reasons than its own signature. */
export function keyRules(facts: Facts, { role, trusted }: Position): Found[] {
  const { certificate } = facts;
  const { key } = certificate.publicKey;
  const unusable = isUsableKey(certificate.publicKey) ? [] : [malformed('a point that is not on its curve')];
  return [
    ...unusable,
    ...keyRule(key),
    ...(role === 'leaf' ? [] : issuerKeyRule(key)),
    ...(trusted ? [] : hashRule(facts)),
  ];
}

const SMALLEST_MODULUS = 2_048;

function keyRule(key: PublicKey): Found[] {
  switch (key.kind) {
    case 'rsa':
    case 'rsa-pss':
      return rsaRule(key.modulusBits, key.exponent);
    case 'ec':
      return curveRule(key.curve, key.curveName, key.curveBits);
    case 'dsa':
      return [weakKey('DSA', key.primeBits, 'which nobody takes any more', baseline('7.1.3.1', 'clients'))];
    case 'unreadable':
      return [malformed(key.fault.reason)];
    default:
      return [];
  }
}

const malformed = (reason: string): Found => invalid('malformed', rfc('4.1.2.7', 'clients'), `the key: ${reason}`);

const weakKey = (key: string, bits: number | null, reason: string, ground: Ground): Found =>
  found({ kind: 'weak-key', key, bits, reason }, ground);

function rsaRule(bits: number, exponent: bigint): Found[] {
  const problems: Found[] = [];
  if (bits < SMALLEST_MODULUS)
    problems.push(weakKey('RSA', bits, `where ${SMALLEST_MODULUS} are the least`, baseline('6.1.5', 'clients')));
  else if (bits % 8 !== 0)
    problems.push(weakKey('RSA', bits, 'not a whole number of octets', baseline('6.1.5', 'strict')));
  if (exponent < 3n || exponent % 2n === 0n)
    problems.push(weakKey('RSA', bits, 'an exponent that is even or below 3', baseline('6.1.6', 'clients')));
  return problems;
}

/** Signatures under such keys are not computed, so that the path cannot be believed. */
function issuerKeyRule(key: PublicKey): Found[] {
  if (!('modulusBits' in key)) return [];
  const ground = rfc('6.1.3', 'clients');
  if (key.modulusBits > LARGEST_MODULUS)
    return [weakKey('RSA', key.modulusBits, `where clients stop at ${LARGEST_MODULUS}`, ground)];
  return key.exponent > LARGEST_EXPONENT ? [weakKey('RSA', key.modulusBits, 'a huge exponent', ground)] : [];
}

const CURVES: readonly string[] = ['P-256', 'P-384', 'P-521'];

function curveRule(curve: string, name: string, bits: number | null): Found[] {
  if (curve === 'explicit parameters' || curve === 'implicit curve')
    return [invalid('explicit-curve', rfc('RFC 5480 2.1.1', 'clients'), curve)];
  return CURVES.includes(name) ? [] : [weakKey(name, bits, 'not P-256, P-384 or P-521', baseline('6.1.5', 'clients'))];
}

/** Hashes that are broken, and those that are merely out of use. */
const WEAK: Readonly<Partial<Record<Hash, string>>> = { md2: 'MD2', md5: 'MD5', sha1: 'SHA-1' };

function hashRule({ certificate }: Facts): Found[] {
  const hash = hashOf(certificate.signatureAlgorithm);
  const name = hash === null ? undefined : WEAK[hash];
  if (name !== undefined)
    return [
      found({ kind: 'weak-signature', hash: name, reason: 'collisions are known' }, baseline('7.1.3.2', 'clients')),
    ];
  return hash === 'sha224'
    ? [found({ kind: 'weak-signature', hash: 'SHA-224', reason: 'out of use' }, baseline('7.1.3.2', 'strict'))]
    : [];
}

function hashOf(algorithm: Facts['certificate']['signatureAlgorithm']): Hash | null {
  try {
    const { hash, pss } = describeSignatureAlgorithm(algorithm);
    return pss?.hash ?? hash;
  } catch (error) {
    // Unreadable parameters: the signature cannot be computed, and that is what will be said.
    if (error instanceof WireError) return null;
    throw error;
  }
}
