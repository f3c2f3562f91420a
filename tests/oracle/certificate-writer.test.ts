/** Certificates and bundles as the lab writes them, read and judged by `openssl`. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type Certificate, issueCertificate } from '#tests/lab/pki/certificate.ts';
import * as extensions from '#tests/lab/pki/extensions.ts';
import { type KeyKind, pooledKey } from '#tests/lab/pki/keys.ts';
import { writeBundle } from '#tests/lab/pki/pkcs7.ts';
import type { SignatureChoice } from '#tests/lab/pki/signatures.ts';
import { daysFromNow, makeCertificate, type Wish } from '#tests/lab/pki/usual.ts';
import { needs, output, run } from './foreign.ts';
import { authority, Files, HOST, issuing, leaf, objectionTo, root } from './openssl-verify.ts';

beforeEach((context) => needs(context, 'openssl'));

const printed = (certificate: Certificate): Promise<string> =>
  output('openssl', ['x509', '-noout', '-text'], certificate.pem);

describe('keys and signatures', () => {
  const choices: [KeyKind, SignatureChoice, string][] = [
    ['rsa-2048', {}, 'sha256WithRSAEncryption'],
    ['rsa-2048', { hash: 'sha384' }, 'sha384WithRSAEncryption'],
    ['rsa-2048', { hash: 'sha512' }, 'sha512WithRSAEncryption'],
    ['rsa-2048', { hash: 'sha1' }, 'sha1WithRSAEncryption'],
    ['rsa-2048', { hash: 'md5' }, 'md5WithRSAEncryption'],
    ['rsa-2048', { padding: 'pss' }, 'rsassaPss'],
    ['rsa-2048', { padding: 'pss', hash: 'sha512' }, 'rsassaPss'],
    ['rsa-1024', {}, 'sha256WithRSAEncryption'],
    ['p-256', {}, 'ecdsa-with-SHA256'],
    ['p-256', { hash: 'sha1' }, 'ecdsa-with-SHA1'],
    ['p-384', { hash: 'sha384' }, 'ecdsa-with-SHA384'],
    ['p-521', { hash: 'sha512' }, 'ecdsa-with-SHA512'],
    ['ed25519', {}, 'ED25519'],
  ];
  test.for(choices)('%s %j', async ([kind, choice, algorithm]) => {
    const key = pooledKey(kind, 'signer');
    const top = authority('Signer', { key, ...choice });
    const below = makeCertificate({ names: [HOST], issuer: top, key, ...choice });
    expect(await printed(below)).toContain(`Signature Algorithm: ${algorithm}`);
    expect(await objectionTo([below], top, ['-auth_level', '0', '-check_ss_sig', '-x509_strict'])).toBe('OK');
  });
});

describe('extensions', () => {
  const all: [string, extensions.Extension, RegExp][] = [
    ['path length', extensions.basicConstraints(true, 3), /Basic Constraints: critical\s+CA:TRUE, pathlen:3/],
    ['key usage', extensions.keyUsage('nonRepudiation', 'decipherOnly'), /critical\s+Non Repudiation, Decipher Only/],
    ['purposes', extensions.extendedKeyUsage('clientAuth', 'any'), /TLS Web Client Authentication, Any Extended/],
    [
      'revocation lists',
      extensions.crlDistributionPoints('http://a/1', 'http://a/2'),
      /URI:http:\/\/a\/1.+URI:http:\/\/a\/2/s,
    ],
    [
      'addresses of the issuer',
      extensions.authorityInfoAccess({ ocsp: ['http://a/o'], issuers: ['http://a/i'] }),
      /OCSP - URI:http:\/\/a\/o\s+CA Issuers - URI:http:\/\/a\/i/,
    ],
    ['must staple', extensions.mustStaple(), /TLS Feature:\s+status_request/],
    ['policies', extensions.certificatePolicies('2.23.140.1.2.1'), /Policy: 2\.23\.140\.1\.2\.1/],
    ['no check', extensions.ocspNoCheck(), /OCSP No Check/],
    ['an unknown one', extensions.unknownExtension(true), /1\.3\.6\.1\.4\.1\.32473\.1\.1: critical/],
    [
      'name constraints',
      extensions.nameConstraints({
        permitted: [{ dns: 'a.test' }, { ip: '10.0.0.0/9' }, { directory: { C: 'DE', O: 'A' } }],
        excluded: [{ mail: '.b.test' }, { ip: '2001:db8::/33' }],
      }),
      /Permitted:\s+DNS:a\.test\s+IP:10\.0\.0\.0\/255\.128\.0\.0\s+DirName:\s*C = DE, O = A\s+Excluded:\s+email:\.b\.test\s+IP:2001:DB8:0:0:0:0:0:0\/FFFF:FFFF:8000:0:0:0:0:0/,
    ],
    [
      'alternative names',
      extensions.subjectAltName([
        { dns: '*.a.test' },
        { ip: '10.1.2.3' },
        { ip: '::1' },
        { uri: 'x:y' },
        { mail: 'a@b' },
      ]),
      /DNS:\*\.a\.test, IP Address:10\.1\.2\.3, IP Address:0:0:0:0:0:0:0:1, URI:x:y, email:a@b/,
    ],
  ];
  test.for(all)('%s', async ([, extension, words]) => {
    expect(await printed(makeCertificate({ with: [extension] }))).toMatch(words);
  });

  test('key identifiers are those that OpenSSL computes', async () => {
    for (const kind of ['rsa-2048', 'p-521', 'ed25519'] as const) {
      const own = makeCertificate({ key: pooledKey(kind) });
      const ids = [...(await printed(own)).matchAll(/Identifier: \n\s+([0-9A-F:]+)\n/g)].map(([, id]) => id);
      const asked = await output('openssl', ['x509', '-noout', '-ocspid'], own.pem);
      const [, hash = ''] = /Public key OCSP hash: ([0-9A-F]+)/.exec(asked) ?? [];
      expect(ids.map((id) => id?.replaceAll(':', ''))).toEqual([hash, hash]);
    }
  });
});

describe('fields', () => {
  test('names with every kind of text', async () => {
    const subject = { C: 'DE', DC: ['lab', 'test'], O: 'Grüße', emailAddress: 'a@b.test', serialNumber: '7', CN: HOST };
    const options = ['-nameopt', 'RFC2253,-esc_msb,utf8'];
    const { pem: text } = makeCertificate({ subject });
    expect(await output('openssl', ['x509', '-noout', '-subject', ...options], text)).toContain(
      `CN=${HOST},serialNumber=7,emailAddress=a@b.test,O=Grüße,DC=test,DC=lab,C=DE`,
    );
  });

  test.for([
    [1n, '01'],
    [127n, '7F'],
    [128n, '80'],
    [-1n, '-01'],
    [-129n, '-81'],
    [2n ** 64n, '010000000000000000'],
  ] as const)('serial number %s', async ([serial, shown]) => {
    const { pem: text } = makeCertificate({ serial });
    expect((await output('openssl', ['x509', '-noout', '-serial'], text)).trim()).toBe(`serial=${shown}`);
  });

  test('a year past 2049 takes four digits', async () => {
    const { pem: text } = makeCertificate({
      from: new Date('1999-12-31T23:59:58Z'),
      to: new Date('2050-01-02T03:04:05Z'),
    });
    const dates = await output('openssl', ['x509', '-noout', '-dates'], text);
    expect(dates).toBe('notBefore=Dec 31 23:59:58 1999 GMT\nnotAfter=Jan  2 03:04:05 2050 GMT\n');
  });

  test('a certificate of the first version has no extensions', async () => {
    const content = { subject: { CN: HOST }, key: pooledKey('p-256'), from: daysFromNow(-1), to: daysFromNow(1) };
    const text = await printed(issueCertificate({ ...content, version: 1 }));
    expect(text).toContain('Version: 1 (0x0)');
    expect(text).not.toContain('X509v3');
  });

  test('different algorithms inside and outside', async () => {
    const outerAlgorithm = Buffer.from('300a06082a8648ce3d040303', 'hex');
    const certificate = makeCertificate({ outerAlgorithm, key: pooledKey('p-256') });
    const { stderr, stdout } = await run('openssl', ['x509', '-noout', '-text'], certificate.pem);
    expect(stdout + stderr).toContain('ecdsa-with-SHA384');
    expect(await objectionTo([certificate], certificate, ['-check_ss_sig'])).not.toBe('OK');
  });

  test('a million bytes in one certificate', async () => {
    const huge = makeCertificate({ issuer: root, names: [HOST], with: [extensions.padding(1_000_000)] });
    expect(huge.der.length).toBeGreaterThan(1_000_000);
    expect(await objectionTo([huge])).toBe('OK');
  });
});

describe('paths', () => {
  const excluding = authority('Excluding', {
    issuer: root,
    with: [extensions.nameConstraints({ excluded: [{ dns: 'oracle.test' }] })],
  });
  const elsewhere = authority('Elsewhere', {
    issuer: root,
    with: [extensions.nameConstraints({ permitted: [{ dns: 'elsewhere.test' }] })],
  });
  const short = authority('Short', { issuer: root, with: [extensions.basicConstraints(true, 0)] });
  const tooDeep = authority('Too deep', { issuer: short });
  const noAuthority = authority('No authority', { issuer: root, with: [extensions.basicConstraints(false)] });
  const mayNotSign = authority('May not sign', { issuer: root, with: [extensions.keyUsage('cRLSign')] });
  const below = (above: Certificate, wish: Wish = {}) => [
    makeCertificate({ names: [HOST], issuer: above, ...wish }),
    above,
  ];

  const paths: [string, readonly Certificate[], RegExp][] = [
    ['a good one', [leaf, issuing], /^OK$/],
    ['no issuer', [leaf], /^unable to get local issuer certificate$/],
    ['a damaged signature', below(issuing, { badSignature: true }), /^certificate signature failure$/],
    ['an expired one', below(issuing, { days: [-90, -1] }), /^certificate has expired$/],
    ['one of the future', below(issuing, { days: [1, 90] }), /^certificate is not yet valid$/],
    ['an excluded name', below(excluding), /^excluded subtree violation$/],
    ['a name outside the permitted', below(elsewhere), /^permitted subtree violation$/],
    ['one authority too many', [...below(tooDeep), short], /^path length constraint exceeded$/],
    ['an issuer that is no authority', below(noAuthority), /^invalid CA certificate$/],
    ['an issuer without the right to sign', below(mayNotSign), /^invalid CA certificate$/],
    [
      'an unknown critical extension',
      below(issuing, { with: [extensions.unknownExtension(true)] }),
      /^unhandled critical/,
    ],
    ['an unknown extension', below(issuing, { with: [extensions.unknownExtension(false)] }), /^OK$/],
    [
      'only for clients',
      below(issuing, { with: [extensions.extendedKeyUsage('clientAuth')] }),
      /^unsuitable certificate purpose$/,
    ],
    [
      'an extension twice',
      below(issuing, { again: [extensions.basicConstraints(false)] }),
      // OpenSSL does not even look for the issuer of such a certificate.
      /^unable to get local issuer/,
    ],
  ];
  test.for(paths)('%s', async ([, chain, words]) => {
    const objected = await objectionTo(chain, root, ['-purpose', 'sslserver', '-verify_hostname', HOST]);
    expect(objected).toMatch(words);
  });
});

test('a bundle holds its certificates in their order', async () => {
  const bundle = writeBundle([leaf, issuing, root]);
  const file = new Files().der(bundle);
  const text = await output('openssl', ['pkcs7', '-inform', 'DER', '-print_certs', '-in', file]);
  expect([...text.matchAll(/subject=.*CN = (.+)/g)].map(([, name]) => name)).toEqual([
    HOST,
    'Oracle Issuing',
    'Oracle Root',
  ]);
});
