/** Where a certificate says that it can be asked about, and where its issuer is. */
import { describe, expect, test } from 'vitest';
import { issuerAddresses, issuersOut } from '#lib/pki/issuers.ts';
import { accessAddresses, crlAddresses, isShortLived, mustStaple } from '#lib/pki/revocation/sources.ts';
import { element, explicit, pem, sequence } from '#tests/lab/pki/der.ts';
import {
  authorityInfoAccess,
  crlDistributionPoints,
  type Extension,
  mustStaple as stapling,
} from '#tests/lab/pki/extensions.ts';
import { encodeGeneralName } from '#tests/lab/pki/names.ts';
import { writeBundle } from '#tests/lab/pki/pkcs7.ts';
import { makeCertificate, type Wish } from '#tests/lab/pki/usual.ts';
import { issuing, leaf, read, root } from './made.ts';

const made = (wish: Wish) => read(makeCertificate({ issuer: issuing, ...wish }));
const withExtensions = (...extensions: readonly Extension[]) => made({ with: extensions });

describe('addresses', () => {
  test('of responders and issuers are told apart', () => {
    const certificate = withExtensions(
      authorityInfoAccess({ ocsp: ['http://a/', 'http://b/'], issuers: ['http://c/'] }),
    );
    expect(accessAddresses(certificate, 'ocsp')).toEqual(['http://a/', 'http://b/']);
    expect(accessAddresses(certificate, 'caIssuers')).toEqual(['http://c/']);
  });

  test('that can be fetched come first, each once', () => {
    const certificate = withExtensions(
      crlDistributionPoints('ldap:///CN=List', 'HTTP://a/', 'HTTP://a/', 'https://b/'),
    );
    expect(crlAddresses(certificate)).toEqual(['HTTP://a/', 'https://b/', 'ldap:///CN=List']);
  });

  test('of issuers are few, and only those that can be fetched', () => {
    const issuers = ['ldap:///CN=Issuer', 'http://1/', 'http://2/', 'http://3/', 'http://4/'];
    expect(issuerAddresses(withExtensions(authorityInfoAccess({ issuers })))).toEqual([
      'http://1/',
      'http://2/',
      'http://3/',
    ]);
  });

  test('of lists that somebody else signs, or that are for some reasons only, are left out', () => {
    const place = (uri: string) => explicit(0, explicit(0, encodeGeneralName({ uri })));
    const reasons = element(0x81, Uint8Array.of(6, 0x40));
    const by = explicit(2, encodeGeneralName({ directory: { CN: 'Somebody' } }));
    const points = [
      sequence(place('http://a/'), reasons),
      sequence(place('http://b/'), by),
      sequence(place('http://c/')),
    ];
    const certificate = withExtensions({ id: '2.5.29.31', value: sequence(...points) });
    expect(crlAddresses(certificate)).toEqual(['http://c/']);
  });

  test.each(['1.3.6.1.5.5.7.1.1', '2.5.29.31', '1.3.6.1.5.5.7.1.24'])(
    'in an extension that cannot be read (%s) are none',
    (id) => {
      const certificate = withExtensions({ id, value: Uint8Array.of(0x30, 5, 1) });
      expect([accessAddresses(certificate, 'ocsp'), crlAddresses(certificate), mustStaple(certificate)]).toEqual([
        [],
        [],
        false,
      ]);
    },
  );

  test('are none in a certificate that names none', () => {
    expect([accessAddresses(read(leaf), 'ocsp'), crlAddresses(read(leaf)), issuerAddresses(read(leaf))]).toEqual([
      [],
      [],
      [],
    ]);
  });
});

test('a certificate may demand a staple', () => {
  expect(mustStaple(withExtensions(stapling()))).toBe(true);
  expect(mustStaple(read(leaf))).toBe(false);
});

test('a life of ten days is short', () => {
  expect(isShortLived(made({ days: [-3, 7] }))).toBe(true);
  expect(isShortLived(made({ days: [-3, 8] }))).toBe(false);
});

describe('issuers come', () => {
  const serials = (bytes: Uint8Array) =>
    issuersOut(bytes).certificates.map(({ serialNumber }) => Buffer.from(serialNumber));
  const expected = [issuing, root].map(({ serial }) => Buffer.from(serial));

  test.each([
    ['alone', issuing.der, expected.slice(0, 1)],
    ['as text', Buffer.from(issuing.pem + root.pem), expected],
    ['in a bundle', writeBundle([issuing, root]), expected],
  ])('%s', (_name, bytes, certificates) => {
    expect(serials(bytes)).toEqual(certificates);
    expect(issuersOut(bytes).fault).toBeNull();
  });

  test('at most ten', () => {
    const bundle = Buffer.from(issuing.pem.repeat(11));
    expect(serials(bundle)).toHaveLength(10);
    expect(issuersOut(bundle).fault).toBe('only the first 10 of 11 were read');
  });

  test('without what cannot be read', () => {
    const bundle = Buffer.from(pem('CERTIFICATE', Uint8Array.of(0x30, 0)) + issuing.pem);
    expect(serials(bundle)).toEqual(expected.slice(0, 1));
    expect(issuersOut(bundle).fault).toMatch(/^a certificate cannot be read: /);
  });

  test.each([
    ['a page', Buffer.from('<html>Welcome</html>')],
    ['nothing', new Uint8Array()],
  ])('not out of %s', (_name, bytes) => {
    expect(issuersOut(bytes)).toEqual({ certificates: [], fault: expect.stringMatching(/^no certificates: /) });
  });
});
