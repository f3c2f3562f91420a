/** Algorithms by name. RFC 4055 3.1 */
import { expect, test } from 'vitest';
import { wholeValue } from '#lib/wire/der/reader.ts';
import type { WireErrorCode } from '#lib/wire/error.ts';
import { readAlgorithm } from '#lib/wire/x509/algorithm.ts';
import { decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { describeSignatureAlgorithm } from '#lib/wire/x509/signature-algorithm.ts';
import { around, type Bytes, int, nul, oid, seq } from './asn1.ts';
import { refuses } from './complaint.ts';
import { leaf, pss } from './samples.ts';

const describeIt = (bytes: Bytes) =>
  describeSignatureAlgorithm(readAlgorithm(wholeValue(bytes, { path: 'algorithm', spec: 'RFC 5280' }, 0x30)));
const PSS = oid('1.2.840.113549.1.1.10');
const SHA256 = seq(oid('2.16.840.1.101.3.4.2.1'), nul());

test.for<[string, Bytes, object]>([
  [
    'RSA',
    seq(oid('1.2.840.113549.1.1.12'), nul()),
    { name: 'sha384WithRSAEncryption', family: 'rsa-pkcs1', hash: 'sha384' },
  ],
  ['MD5', seq(oid('1.2.840.113549.1.1.4')), { family: 'rsa-pkcs1', hash: 'md5' }],
  ['SHA-1 by its other name', seq(oid('1.3.14.3.2.29')), { family: 'rsa-pkcs1', hash: 'sha1' }],
  ['Ed25519', seq(oid('1.3.101.112')), { name: 'Ed25519', family: 'ed25519', hash: null }],
  ['not known', seq(oid('1.2.3')), { name: '1.2.3', family: 'unknown', hash: null, pss: null }],
  [
    'PSS as it is without a word',
    seq(PSS, seq()),
    {
      family: 'rsa-pss',
      hash: 'sha1',
      pss: { hash: 'sha1', maskHash: 'sha1', saltLength: 20, trailerField: 1 },
    },
  ],
  [
    'PSS with everything',
    seq(
      PSS,
      seq(
        around(0, SHA256),
        around(1, seq(oid('1.2.840.113549.1.1.8'), SHA256)),
        around(2, int(48)),
        around(3, int(2)),
      ),
    ),
    {
      hash: 'sha256',
      pss: { hash: 'sha256', maskHash: 'sha256', saltLength: 48, trailerField: 2 },
    },
  ],
  [
    'PSS with what is not known',
    seq(PSS, seq(around(0, seq(oid('1.2.3'))), around(1, seq(oid('1.2.3'))))),
    {
      hash: null,
      pss: { hash: null, maskHash: null },
    },
  ],
])('%s', ([, bytes, expected]) => {
  expect(describeIt(bytes)).toMatchObject(expected);
});

test('samples', () => {
  expect(describeSignatureAlgorithm(decodeCertificate(leaf).signatureAlgorithm)).toMatchObject({
    name: 'ecdsa-with-SHA256',
    family: 'ecdsa',
  });
  expect(describeSignatureAlgorithm(decodeCertificate(pss).signatureAlgorithm)).toMatchObject({
    family: 'rsa-pss',
    pss: { hash: 'sha256', maskHash: 'sha256', saltLength: 32, trailerField: 1 },
  });
});

test.for<[string, Bytes, WireErrorCode, string]>([
  ['no parameters', seq(PSS), 'truncated', 'algorithm.parameters'],
  ['parameters of another kind', seq(PSS, nul()), 'bad-value', 'algorithm.parameters'],
  ['a negative salt', seq(PSS, seq(around(2, int(0x80)))), 'bad-value', 'algorithm.parameters.saltLength'],
  [
    'a mask without its hash',
    seq(PSS, seq(around(1, seq(oid('1.2.840.113549.1.1.8'))))),
    'truncated',
    'maskGenAlgorithm.parameters',
  ],
])('PSS with %s', ([, bytes, code, path]) => {
  refuses(() => describeIt(bytes), code, path);
});
