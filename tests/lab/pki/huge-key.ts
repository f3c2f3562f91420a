import { createPrivateKey, generatePrimeSync } from 'node:crypto';
import { integer, sequence } from './der.ts';
import { type KeyPair, keyPair } from './keys.ts';

const BITS = 16_384;
const PUBLIC_EXPONENT = 65_537n;

let made: KeyPair | undefined;

/**
 * An RSA key of 16,384 bits, made at once: searching two primes of that size would take minutes, so two of its three are Mersenne
 * primes that everybody knows. It is worth nothing as a secret. RFC 8017 3.2, A.1.2
 */
export function hugeRsaKey(): KeyPair {
  made ??= keyPair(`rsa-${BITS}`, createPrivateKey({ key: privateKeyBytes(), format: 'der', type: 'pkcs1' }));
  return made;
}

function privateKeyBytes(): Buffer {
  const [p, q] = [2n ** 11_213n - 1n, 2n ** 4_423n - 1n];
  const r = generatePrimeSync(BITS - 11_213 - 4_423, { bigint: true });
  const d = inverse(PUBLIC_EXPONENT, (p - 1n) * (q - 1n) * (r - 1n));
  const third = sequence(integer(r), integer(d % (r - 1n)), integer(inverse(p * q, r)));
  const numbers = [1n, p * q * r, PUBLIC_EXPONENT, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)];
  return Buffer.from(sequence(...numbers.map(integer), sequence(third)));
}

/** By Euclid's algorithm. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [old, rest, before, now] = [modulus, value % modulus, 0n, 1n];
  while (rest > 0n) [old, rest, before, now] = [rest, old % rest, now, before - (old / rest) * now];
  return ((before % modulus) + modulus) % modulus;
}
