/** What ties a sign-in to a certificate. The certificates of other programs stand in tests/oracle. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bindingHash, bindingValue, channelBindingOf } from '#lib/auth/ntlm/channel-binding.ts';
import type { Hash, SignatureAlgorithm } from '#lib/wire/x509/signature-algorithm.ts';
import { digits, HTTP, hex } from '#tests/wire/ntlm/published.ts';

const signature = (hash: Hash | null, more: Partial<SignatureAlgorithm> = {}): SignatureAlgorithm => ({
  ...{ oid: '1.2.3', name: 'as it is called', family: 'rsa-pkcs1', pss: null },
  hash,
  ...more,
});

test.each([
  ['ea05fefecc6b0bd571dbbc5baa3ed45386d0446835f7b74c85621b9983475f95', '6586e99d81c2fc984e47172fd4dd0310'],
  ['5f44fc8efbdcb9eb84702205e57cc011f705cb9e33ff580882ba54f4291957bf', HTTP.channelBinding],
])('the published value for the certificate %s', (digest, value) => {
  expect(digits(bindingHash(hex(digest)))).toBe(value);
});

describe('the hash is that of the signature, and none that is broken', () => {
  const certificate = new Uint8Array(700).fill(0x30);

  test.each<[Hash, string, number]>([
    ['md5', 'sha256', 32],
    ['sha1', 'sha256', 32],
    ['sha224', 'sha224', 28],
    ['sha256', 'sha256', 32],
    ['sha384', 'sha384', 48],
    ['sha512', 'sha512', 64],
    ['sha512-224', 'sha512-224', 28],
    ['sha512-256', 'sha512-256', 32],
    ['sha3-224', 'sha3-224', 28],
    ['sha3-256', 'sha3-256', 32],
    ['sha3-384', 'sha3-384', 48],
    ['sha3-512', 'sha3-512', 64],
  ])('%s: %s', (hash, used, length) => {
    const bound = channelBindingOf(certificate, signature(hash));
    const digest = createHash(used).update(certificate).digest();
    const structure = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([21 + length, 0, 0, 0]),
      Buffer.from('tls-server-end-point:'),
      digest,
    ]);
    expect(bound).toMatchObject({ defined: true, certificateHash: used });
    expect(bound.defined && digits(bound.binding.hash)).toBe(createHash('md5').update(structure).digest('hex'));
  });

  test.each<[string, SignatureAlgorithm]>([
    ['Ed25519', signature(null, { family: 'ed25519' })],
    ['Ed448', signature(null, { family: 'ed448' })],
    ['MD2', signature('md2')],
    ['one that is not known', signature(null, { family: 'unknown' })],
  ])('%s has none', (_what, algorithm) => {
    expect(channelBindingOf(certificate, algorithm)).toEqual({ defined: false, algorithm: 'as it is called' });
  });
});

test('none is zeros, and a wrong one is neither zeros nor right', () => {
  const right = { kind: 'right', hash: hex(HTTP.channelBinding) } as const;
  const values = [right, { kind: 'none' } as const, { kind: 'wrong' } as const].map((binding) =>
    digits(bindingValue(binding)),
  );
  expect(new Set(values).size).toBe(3);
  expect(values[1]).toBe('00'.repeat(16));
  expect(values.every((value) => value.length === 32)).toBe(true);
});
