/** Building a path costs a bounded number of signatures, none of them under a key that nobody uses. */
import { createPublicKey, randomBytes, X509Certificate } from 'node:crypto';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { buildPath } from '#lib/probes/judging/path.ts';
import { commonKey, type Made, make, NOW, newKey } from './certificates.ts';

const parsed = ({ pem }: Made): X509Certificate => new X509Certificate(pem);

function watchVerify() {
  const verify = vi.spyOn(X509Certificate.prototype, 'verify');
  onTestFinished(() => verify.mockRestore());
  return verify;
}

describe('many certificates of equal names', () => {
  const key = commonKey();
  const named = { name: 'CA', key, authority: true };
  const many = (count: number, issuer: Pick<Made, 'name' | 'key'>): X509Certificate[] =>
    Array.from({ length: count }, () => parsed(make({ ...named, issuer })));
  const leaf = parsed(make({ issuer: named }));
  const sent = [...many(9, named), ...many(10, { name: 'CA', key: newKey() })];

  test('cost no more than a few dozen signatures', () => {
    const verify = watchVerify();
    const { state } = buildPath(leaf, sent, [], NOW);
    expect(verify.mock.calls.length).toBeGreaterThan(1);
    expect(verify.mock.calls.length).toBeLessThanOrEqual(62);
    expect(state).not.toBe('complete');
  });

  test('do not keep a trusted one from being found', () => {
    const root = make(named);
    expect(buildPath(leaf, sent, [root.pem], NOW).state).toBe('complete');
  });
});

/** A public key with any numbers; nobody can sign with it. */
function strangeKey(modulusBits: number, exponent: bigint): Made['key'] {
  const modulus = randomBytes(modulusBits / 8);
  modulus[0] = 0x80;
  modulus[modulus.length - 1] = 1;
  const e = Buffer.from(exponent.toString(16).padStart(10, '0'), 'hex');
  const jwk = { kty: 'RSA', n: modulus.toString('base64url'), e: e.toString('base64url') };
  const publicPem = String(createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }));
  return { publicPem, privatePem: commonKey().privatePem };
}

describe('an issuer', () => {
  test.each([
    ['whose key is as usual', 2_048, 65_537n, 'bad-signature', 1],
    ['at the limits', 8_192, 2n ** 32n - 1n, 'bad-signature', 1],
    ['with a longer modulus', 8_256, 65_537n, 'no-issuer', 0],
    ['with a larger exponent', 2_048, 2n ** 32n + 1n, 'no-issuer', 0],
  ])('%s', (_name, modulusBits, exponent, state, verified) => {
    const issuer = { name: 'CA', key: strangeKey(modulusBits, exponent), authority: true };
    const root = { name: 'Root', key: commonKey() };
    const leaf = parsed(make({ issuer, key: commonKey() }));
    const verify = watchVerify();
    expect(buildPath(leaf, [parsed(make({ ...issuer, issuer: root }))], [], NOW).state).toBe(state);
    expect(verify).toHaveBeenCalledTimes(verified);
  });

  test('that is the certificate itself is not asked either', () => {
    const leaf = parsed(make({ key: strangeKey(8_256, 65_537n) }));
    const verify = watchVerify();
    expect(buildPath(leaf, [], [], NOW).state).toBe('no-issuer');
    expect(verify).not.toHaveBeenCalled();
  });
});
