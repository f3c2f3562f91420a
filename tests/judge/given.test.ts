/** Certificates that a person gives: found in whatever holds them, in the order in which a server sends them. */
import { describe, expect, test } from 'vitest';
import { certificatesIn, givenName, inIssuingOrder, isPkcs12, issuingPath } from '#lib/probes/judging/given.ts';
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { pem } from '#tests/lab/pki/der.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { writeBundle } from '#tests/lab/pki/pkcs7.ts';
import { writePkcs12 } from '#tests/lab/pki/pkcs12.ts';
import { makeCertificate } from '#tests/lab/pki/usual.ts';

const root = makeCertificate({ authority: true, subject: { CN: 'Root' } });
const issuing = makeCertificate({ authority: true, subject: { CN: 'Issuing' }, issuer: root });
const leaf = makeCertificate({ names: ['leaf.example.test'], issuer: issuing, key: pooledKey('rsa-2048') });

const bytes = (text: string): Uint8Array => Buffer.from(text);

/** Names of what is found; else what it is instead. */
function found(file: Uint8Array): string {
  const given = certificatesIn(file);
  return given.ok ? given.certificates.map((one) => givenName(one) ?? '?').join(', ') : given.instead;
}

describe('a file', () => {
  test.each<[string, Uint8Array, string]>([
    ['DER', leaf.der, 'leaf.example.test'],
    ['PEM', bytes(leaf.pem), 'leaf.example.test'],
    ['PEM in its own order', bytes(root.pem + leaf.pem), 'Root, leaf.example.test'],
    ['PEM with lines of Windows', bytes(leaf.pem.replaceAll('\n', '\r\n')), 'leaf.example.test'],
    ['PEM with a byte order mark', bytes(`\ufeff${leaf.pem}`), 'leaf.example.test'],
    ['PEM under its older name', bytes(leaf.pem.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')), 'leaf.example.test'],
    ['PEM that is never closed', bytes(leaf.pem.split('-----END')[0] ?? ''), 'leaf.example.test'],
    ['PEM with damage', bytes(leaf.pem + leaf.pem.replace('MII', '!!!')), 'leaf.example.test, ?'],
    ['damaged DER', leaf.der.slice(0, 300), '?'],
    ['PKCS #7', writeBundle([root, leaf, issuing]), 'leaf.example.test, Issuing, Root'],
    ['PKCS #7 as text', bytes(pem('PKCS7', writeBundle([issuing, leaf]))), 'leaf.example.test, Issuing'],
    ['PKCS #7 beside PEM', bytes(leaf.pem + pem('CMS', writeBundle([issuing]))), 'leaf.example.test, Issuing'],
  ])('%s is read', (_name, file, names) => {
    expect(found(file)).toBe(names);
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(), /nothing that looks like a certificate/],
    ['text', bytes('hello'), /nothing that looks like a certificate/],
    ['a key', bytes(pem('PRIVATE KEY', new Uint8Array(9))), /a private key, and no certificate/],
    ['a key of its own kind', bytes(pem('EC PRIVATE KEY', new Uint8Array(9))), /a private key/],
    ['a key in DER', leaf.key.privateKey.export({ type: 'pkcs8', format: 'der' }), /a private key/],
    ['a request', bytes(pem('CERTIFICATE REQUEST', new Uint8Array(9))), /signing request/],
    ['a revocation list', bytes(pem('X509 CRL', new Uint8Array(9))), /revocation list/],
    ['an empty message', writeBundle([]), /without a readable certificate/],
    ['a damaged message', writeBundle([leaf]).slice(0, 200), /without a readable certificate/],
    ['a PKCS #12 file', writePkcs12({ certificates: [leaf], key: null, passPhrase: '' }), /PKCS #12/],
    ['a block without a name', bytes('-----BEGIN '), /no certificate/],
  ])('with %s instead is told', (_name, file, instead) => {
    expect(found(file)).toMatch(instead);
  });

  test('of first lines and messages without end is not read to its end', () => {
    const firstLines = certificatesIn(bytes('-----BEGIN CERTIFICATE-----\n'.repeat(5_000)));
    expect(firstLines.ok && firstLines.certificates.length).toBe(2_000);
    const messages = certificatesIn(bytes(pem('CMS', writeBundle([leaf])).repeat(50)));
    expect(messages.ok && messages.certificates.length).toBe(10);
  });

  test('keeps nothing of a private key that stands in it', () => {
    const key = leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const given = certificatesIn(bytes(key + leaf.pem + key));
    expect(given).toEqual({ ok: true, certificates: [expect.not.stringContaining(key.slice(100, 140))] });
  });
});

test('PKCS #12 is told from its first bytes, also where its length is left open', () => {
  expect(isPkcs12(writePkcs12({ certificates: [leaf], key: leaf, passPhrase: '' }))).toBe(true);
  expect(isPkcs12(Uint8Array.of(0x30, 0x80, 2, 1, 3, 0x30, 0x80))).toBe(true);
  expect([leaf.der, new Uint8Array(), Uint8Array.of(0x30)].map(isPkcs12)).toEqual([false, false, false]);
});

test.each<[string, readonly Certificate[], string]>([
  ['well', [leaf, issuing, root], 'leaf.example.test, Issuing, Root'],
  ['the wrong way round', [leaf, root, issuing], 'leaf.example.test, Issuing, Root'],
  [
    'with a stranger',
    [leaf, makeCertificate({ subject: { CN: 'Stranger' } }), issuing],
    'leaf.example.test, Issuing, Stranger',
  ],
  ['alone', [leaf], 'leaf.example.test'],
])('certificates come out in issuing order: %s', (_name, all, names) => {
  const given = all.map((one) => one.pem);
  expect(inIssuingOrder(given).map(givenName).join(', ')).toBe(names);
  expect(issuingPath(given).map(givenName).join(', ')).toBe(names.replace(', Stranger', ''));
});
