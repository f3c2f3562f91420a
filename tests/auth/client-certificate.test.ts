/** A client certificate out of its file: ready to be shown, with a key that shows itself to nobody. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { openClientCertificate } from '#lib/auth/client-certificate.ts';
import { LockedFile, Secret } from '#lib/auth/secret.ts';
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { writePkcs12 } from '#tests/lab/pki/pkcs12.ts';
import { makeCertificate } from '#tests/lab/pki/usual.ts';

const made = (name: string): Certificate =>
  makeCertificate({ subject: { CN: name }, key: pooledKey('rsa-2048', name) });
const [alice, bob] = [made('alice'), made('bob')];

function open(certificates: readonly Certificate[], key: Certificate | null, passPhrase = 'secret') {
  const file = writePkcs12({ certificates, key, passPhrase: 'secret' });
  return openClientCertificate(LockedFile.of(file, Secret.of(passPhrase)), new AbortController().signal);
}

async function opened(certificates: readonly Certificate[], key: Certificate) {
  const result = await open(certificates, key);
  if (result.state !== 'open') throw new Error(result.state);
  return result;
}

test('the certificate of the key comes first, and the key fits it', async () => {
  const { certificates, withKey } = await opened([bob, alice], alice);
  const [own, ...others] = certificates.map((der) => new X509Certificate(der));
  expect([own?.subject, others.map(({ subject }) => subject)]).toEqual(['CN=alice', ['CN=bob']]);
  const { key } = withKey({});
  expect(own?.checkPrivateKey(createPrivateKey(String(key)))).toBe(true);
});

test('the terms of a handshake stay as they are, and get the key', async () => {
  const { withKey } = await opened([alice], alice);
  const terms: SecureContextOptions = { minVersion: 'TLSv1.2', cert: alice.pem };
  const { key: _key, ...others } = withKey(terms);
  expect(others).toEqual(terms);
  expect(() => createSecureContext(withKey(terms))).not.toThrow();
});

test('nothing of the key shows itself', async () => {
  const result = await opened([alice], alice);
  const seen = [inspect(result, { depth: 9, showHidden: true }), JSON.stringify(result), String(result.withKey)];
  for (const text of seen) expect(text).not.toMatch(/PRIVATE KEY|MII[A-Za-z0-9+/]{20}/);
  expect(() => structuredClone(result)).toThrow();
});

describe('a file without what is needed', () => {
  test.for<[string, Parameters<typeof open>, object]>([
    ['without a key', [[alice], null], { state: 'unreadable', reason: 'it holds no private key' }],
    [
      'with the key of another',
      [[alice], bob],
      { state: 'unreadable', reason: 'the private key in it belongs to another certificate' },
    ],
    ['under another pass phrase', [[alice], alice, 'other'], { state: 'wrong-pass-phrase' }],
  ])('%s', async ([, input, expected]) => {
    expect(await open(...input)).toEqual(expected);
  });
});
