/** Weak keys, weak hashes, and keys that nobody computes with. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bitString, integer, nothing, oid, sequence } from '#tests/lab/pki/der.ts';
import { type KeyKind, pooledKey } from '#tests/lab/pki/keys.ts';
import type { Wish } from '#tests/lab/pki/usual.ts';
import { chainOf, judgeOrdered, problemsOf, type Row } from '../chains.ts';

const of = (kind: KeyKind, name = 'weak'): Wish => ({ key: pooledKey(kind, name) });
const RSA_4096 = pooledKey('rsa-4096', 'large');

/** An RSA key with numbers of one's own; nobody can sign with it. */
const rsaKey = (modulus: bigint, exponent: bigint): Wish => ({
  spki: sequence(
    sequence(oid('1.2.840.113549.1.1.1'), nothing),
    bitString(sequence(integer(modulus), integer(exponent))),
  ),
});
const ODD = 2n ** 2047n + 1n;

const onCurve = (namedCurve: string, paramEncoding: 'named' | 'explicit' = 'named'): Wish => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve, paramEncoding });
  return { spki: Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })) };
};
const dsa = (): Wish => {
  const { publicKey } = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 });
  return { spki: Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })) };
};
/** A point that is on no curve. */
const noPoint: Wish = {
  spki: sequence(
    sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')),
    bitString(Uint8Array.of(4, ...new Uint8Array(64).fill(9))),
  ),
};

/** One octet less than such a key has. */
const shortEd25519: Wish = { spki: sequence(sequence(oid('1.3.101.112')), bitString(new Uint8Array(31))) };

test.each<Row>([
  ['RSA of 2048 bits', { leaf: of('rsa-2048') }, []],
  ['RSA of 3072 bits', { leaf: of('rsa-3072') }, []],
  ['RSA of 1024 bits', { leaf: of('rsa-1024') }, ['weak-key at 0']],
  ['RSA of 2040 bits', { leaf: of('rsa-2040') }, ['weak-key at 0']],
  ['RSA of 2052 bits', { leaf: of('rsa-2052') }, ['weak-key at 0 (strict)']],
  ['an exponent of 1', { leaf: rsaKey(ODD, 1n) }, ['weak-key at 0']],
  ['an even exponent', { leaf: rsaKey(ODD, 65536n) }, ['weak-key at 0']],
  ['an exponent of 3', { leaf: rsaKey(ODD, 3n) }, []],
  ['a huge RSA key of its own', { leaf: rsaKey(2n ** 16383n + 1n, 65537n) }, []],
  ['P-384', { leaf: of('p-384') }, []],
  ['P-521', { leaf: of('p-521') }, []],
  ['Ed25519', { leaf: of('ed25519') }, []],
  ['P-224', { leaf: onCurve('secp224r1') }, ['weak-key at 0']],
  ['the curve of Bitcoin', { leaf: onCurve('secp256k1') }, ['weak-key at 0']],
  ['P-192', { leaf: onCurve('prime192v1') }, ['weak-key at 0']],
  ['a curve written out', { leaf: onCurve('prime256v1', 'explicit') }, ['explicit-curve at 0']],
  ['DSA', { leaf: dsa() }, ['weak-key at 0']],
  ['a short one of Ed25519', { leaf: shortEd25519 }, ['malformed at 0']],
  ['what is no point', { leaf: noPoint }, ['malformed at 0']],
])('a leaf whose key is %s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});

test.each<Row>([
  ['RSA of 1024 bits', { issuing: of('rsa-1024', 'issuing') }, ['weak-key at 1']],
  ['RSA of 4096 bits, with PSS', { issuing: { key: RSA_4096 }, leaf: { padding: 'pss' } }, []],
  ['RSA with SHA-512', { issuing: { key: RSA_4096 }, leaf: { hash: 'sha512' } }, []],
  ['RSA with SHA-1', { issuing: { key: RSA_4096 }, leaf: { hash: 'sha1' } }, ['weak-signature at 0']],
  ['RSA with MD5', { issuing: { key: RSA_4096 }, leaf: { hash: 'md5' } }, ['weak-signature at 0']],
  [
    'RSA with PSS and SHA-1',
    { issuing: { key: RSA_4096 }, leaf: { hash: 'sha1', padding: 'pss' } },
    ['weak-signature at 0'],
  ],
  ['ECDSA with SHA-1', { leaf: { hash: 'sha1' } }, ['weak-signature at 0']],
  ['P-384 with SHA-256', { issuing: of('p-384', 'issuing') }, []],
  ['P-521', { issuing: of('p-521', 'issuing'), leaf: { hash: 'sha512' } }, []],
  ['Ed25519', { issuing: of('ed25519', 'issuing') }, []],
])('an authority that signs with %s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});

describe('anchors', () => {
  test.each<Row>([
    ['their own signature says nothing', { root: { hash: 'sha1' } }, []],
    ['their key does', { root: of('rsa-1024', 'root') }, ['weak-key at 2']],
  ])('%s', (_what, wishes, problems) => {
    expect(problemsOf(wishes)).toEqual(problems);
  });
});

describe('signatures that are not computed', () => {
  test.each([
    ['a key of 16384 bits', rsaKey(2n ** 16383n + 1n, 65537n), ['weak-key at 1', 'bad-signature at 0']],
    ['an exponent as long as the modulus', rsaKey(ODD, 2n ** 2000n + 1n), ['weak-key at 1', 'bad-signature at 0']],
  ])('%s', (_what, key, problems) => {
    const issuing = { key: RSA_4096, ...key };
    const found = problemsOf({ issuing });
    expect(found.sort()).toEqual(problems.toSorted());
  });

  test('of a key that is no key', () => {
    const { ending, problems } = judgeOrdered(chainOf({ issuing: noPoint }));
    expect(ending).toBe('anchored');
    expect(problems).toContainEqual(expect.objectContaining({ kind: 'bad-signature', at: 0 }));
  });
});

test('how large a key is, and of which kind, is said', () => {
  expect(judgeOrdered(chainOf({ leaf: of('rsa-1024') })).problems).toMatchObject([{ key: 'RSA', bits: 1024 }]);
  expect(judgeOrdered(chainOf({ leaf: { hash: 'sha1' } })).problems).toMatchObject([{ hash: 'SHA-1' }]);
});
