/** Whether a key made a signature. */
import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkSignature, isUsableKey } from '#lib/pki/signature.ts';
import { explicit, integer, nothing, oid, sequence } from '#tests/lab/pki/der.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { hashes } from '#tests/lab/pki/signatures.ts';
import type { Wish } from '#tests/lab/pki/usual.ts';
import { authority, read, server } from './chains.ts';
import { ecdsaWith, rsaWith } from './handmade.ts';

const stateOf = (issuer: Wish, leaf: Wish = {}): string => {
  const above = authority('Above', issuer);
  return checkSignature(read(server(above, leaf)), read(above).publicKey).state;
};
const RSA: Wish = { key: pooledKey('rsa-2048', 'signing') };

const spkiOf = ({ publicKey }: { publicKey: KeyObject }): Uint8Array =>
  Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }));

describe('what was signed', () => {
  test.each<readonly [string, Wish, Wish]>([
    ['RSA with SHA-256', RSA, {}],
    ['RSA with SHA-384', RSA, { hash: 'sha384' }],
    ['RSA with MD5, which is computed and complained of elsewhere', RSA, { hash: 'md5' }],
    ['RSA without the NULL behind its number', RSA, { outerAlgorithm: rsaWith(11), innerAlgorithm: rsaWith(11) }],
    ['RSA-PSS', RSA, { padding: 'pss' }],
    ['RSA-PSS with SHA-512', RSA, { padding: 'pss', hash: 'sha512' }],
    ['P-256', {}, {}],
    ['P-256 with SHA-512', {}, { hash: 'sha512' }],
    ['P-384', { key: pooledKey('p-384') }, { hash: 'sha384' }],
    ['P-521', { key: pooledKey('p-521') }, { hash: 'sha512' }],
    ['Ed25519', { key: pooledKey('ed25519') }, {}],
  ])('%s: good, and wrong once it is changed', (_what, issuer, leaf) => {
    expect(stateOf(issuer, leaf)).toBe('good');
    expect(stateOf(issuer, { ...leaf, badSignature: true })).toBe('wrong');
    const other = authority('Other', { ...issuer, key: pooledKey(issuer.key?.kind ?? 'p-256', 'other') });
    expect(checkSignature(read(server(authority('Above', issuer), leaf)), read(other).publicKey).state).toBe('wrong');
  });
});

/** Salt of 20 octets, whatever the hash, and a mask that may be made with another one. */
const pss = (hash: 'sha256' | 'sha384', mask: 'sha256' | 'sha384', salt: number): Uint8Array => {
  const named = (name: keyof typeof hashes): Uint8Array => sequence(oid(hashes[name]), nothing);
  const generator = sequence(oid('1.2.840.113549.1.1.8'), named(mask));
  const parameters = sequence(explicit(0, named(hash)), explicit(1, generator), explicit(2, integer(salt)));
  return sequence(oid('1.2.840.113549.1.1.10'), parameters);
};

test.each<readonly [string, Wish, Wish, string]>([
  ['a key of another family', {}, { outerAlgorithm: rsaWith(11, nothing) }, 'wrong'],
  ['another hash than was signed', {}, { outerAlgorithm: ecdsaWith('sha384') }, 'wrong'],
  ['an algorithm that nobody knows', {}, { outerAlgorithm: sequence(oid('1.3.6.1.4.1.32473.7')) }, 'not-computed'],
  ['DSA', {}, { outerAlgorithm: sequence(oid('2.16.840.1.101.3.4.3.2')) }, 'not-computed'],
  [
    'a curve that is written out',
    { spki: spkiOf(generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' })) },
    {},
    'not-computed',
  ],
  ['MD2', RSA, { outerAlgorithm: rsaWith(2, nothing) }, 'not-computed'],
  ['PSS with two hashes', RSA, { outerAlgorithm: pss('sha256', 'sha384', 32) }, 'not-computed'],
  ['PSS with less salt than it says', RSA, { padding: 'pss', outerAlgorithm: pss('sha256', 'sha256', 20) }, 'wrong'],
  [
    'PSS with parameters that are none',
    RSA,
    { outerAlgorithm: sequence(oid('1.2.840.113549.1.1.10'), integer(1)) },
    'not-computed',
  ],
])('%s', (_what, issuer, leaf, state) => {
  expect(stateOf(issuer, leaf)).toBe(state);
});

test('bits that are no whole octets', () => {
  const issuer = authority('Above');
  const { signature, ...rest } = read(server(issuer));
  const cut = { ...rest, signature: { ...signature, unusedBits: 1 } };
  expect(checkSignature(cut, read(issuer).publicKey).state).toBe('wrong');
});

test.each(['ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87'] as const)('%s, which needs no hash', (kind) => {
  const { privateKey, publicKey } = generateKeyPairSync(kind as 'ml-dsa-44');
  const issuer = read(authority('Above', { spki: spkiOf({ publicKey }) }));
  const algorithm = issuer.publicKey.algorithm;
  const signed = { tbsRaw: issuer.tbsRaw, signatureAlgorithm: algorithm, signature: bits(privateKey, issuer.tbsRaw) };
  expect(checkSignature(signed, issuer.publicKey).state).toBe('good');
  expect(checkSignature({ ...signed, tbsRaw: issuer.raw }, issuer.publicKey).state).toBe('wrong');
  expect(checkSignature(signed, read(authority('Other')).publicKey).state).toBe('wrong');
});

const bits = (key: KeyObject, data: Uint8Array) => ({ bytes: Uint8Array.from(sign(null, data, key)), unusedBits: 0 });

test('a key for PSS alone signs with PSS', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
  const issuer = read(authority('Above', { spki: spkiOf({ publicKey }) }));
  const algorithm = read(server(authority('Any', RSA), { padding: 'pss' })).signatureAlgorithm;
  const how = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const bytes = Uint8Array.from(sign('sha256', issuer.tbsRaw, how));
  const signed = { tbsRaw: issuer.tbsRaw, signatureAlgorithm: algorithm, signature: { bytes, unusedBits: 0 } };
  expect(checkSignature(signed, issuer.publicKey).state).toBe('good');
  expect(isUsableKey(issuer.publicKey)).toBe(true);
});
