/** Certificates: what is forbidden comes out as data, what cannot be read does not come out. RFC 5280 4.1 */
import { describe, expect, test } from 'vitest';
import type { WireErrorCode } from '#lib/wire/error.ts';
import { decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { repeatedExtensions } from '#lib/wire/x509/extensions.ts';
import { MAX_CERTIFICATE } from '#lib/wire/x509/limits.ts';
import { nameToText } from '#lib/wire/x509/name.ts';
import {
  around,
  ascii,
  bits,
  type CertificateParts,
  certificate,
  ECDSA,
  extension,
  generalizedTime,
  hex,
  instead,
  int,
  nul,
  octets,
  oid,
  P256,
  seq,
  set,
  tlv,
  utcTime,
} from './asn1.ts';
import { cutAndLengthened, refuses } from './complaint.ts';
import { authority, leaf, pss, responder, root } from './samples.ts';

const decode = (parts: CertificateParts) => decodeCertificate(certificate(parts));

for (const [name, bytes] of Object.entries({ root, authority, leaf, responder, pss })) {
  cutAndLengthened(name, bytes, decodeCertificate);
}
cutAndLengthened('version 1', certificate({ version: null }), decodeCertificate);

test('a server’s certificate', () => {
  const read = decodeCertificate(leaf);
  expect(read).toMatchObject({
    version: 3,
    serialNumber: hex(`7f${'ff'.repeat(19)}`),
    issuerUniqueId: null,
    subjectUniqueId: null,
    hasExtensions: true,
    signatureAlgorithm: { oid: '1.2.840.10045.4.3.2', parameters: null, path: 'certificate.signatureAlgorithm' },
    notBefore: { type: 'UTCTime', text: '261120222820Z', at: Date.UTC(2026, 10, 20, 22, 28, 20), faults: [] },
    notAfter: { at: Date.UTC(2027, 10, 20, 22, 28, 20) },
    publicKey: { key: { kind: 'ec', curve: '1.2.840.10045.3.1.7', curveName: 'P-256', curveBits: 256 } },
  });
  expect(read.raw).toEqual(leaf);
  expect(read.tbsSignatureAlgorithm.raw).toEqual(read.signatureAlgorithm.raw);
  expect(nameToText(read.issuer)).toBe('CN=Sample Root,O=Example,C=DE');
  expect(read.issuer.raw).toEqual(decodeCertificate(root).subject.raw);
  expect(read.extensions.filter(({ critical }) => critical).map(({ oid }) => oid)).toEqual(['2.5.29.15']);
  expect(repeatedExtensions(read.extensions)).toEqual([]);
});

test('an extension knows where its value is', () => {
  const { extensions } = decodeCertificate(leaf);
  for (const [index, { value, offset, path }] of extensions.entries()) {
    expect(leaf.subarray(offset, offset + value.length)).toEqual(value);
    expect(path).toBe(`certificate.extensions[${index}]`);
  }
});

describe('forbidden, but readable', () => {
  test.for<[string, CertificateParts, object]>([
    ['version 1 written out', { version: around(0, int(0)) }, { version: 1 }],
    [
      'version 1 with extensions',
      { version: null, extensions: [] },
      { version: 1, hasExtensions: true, extensions: [] },
    ],
    ['version 7', { version: around(0, int(6)) }, { version: 7 }],
    ['serial number zero', { serialNumber: int(0) }, { serialNumber: hex('00') }],
    ['a negative one', { serialNumber: int(0x80) }, { serialNumber: hex('80') }],
    ['one of 40 octets', { serialNumber: int(...Array(40).fill(1)) }, { serialNumber: hex('01'.repeat(40)) }],
    ['no subject', { subject: seq() }, { subject: { rdns: [] } }],
    ['an RDN without attributes', { subject: seq(set()) }, { subject: { rdns: [[]] } }],
    [
      'unique identifiers',
      { rest: [instead(1, [0, 1]), instead(2, [4, 0xf0])] },
      {
        issuerUniqueId: { bytes: hex('01'), unusedBits: 0 },
        subjectUniqueId: { bytes: hex('f0'), unusedBits: 4 },
      },
    ],
    ['FALSE written out', { extensions: [extension('2.5.29.19', seq(), 0)] }, { extensions: [{ critical: false }] }],
    [
      'an extension without content',
      { extensions: [seq(oid('1.2.3'), octets())] },
      { extensions: [{ value: hex('') }] },
    ],
    ['a signature that is no whole number of octets', { signature: bits(1, 2) }, { signature: { unusedBits: 1 } }],
    [
      'a time before another',
      { validity: seq(utcTime('500101000000Z'), utcTime('491231235959Z')) },
      {
        notBefore: { at: Date.UTC(1950, 0) },
        notAfter: { at: Date.UTC(2049, 11, 31, 23, 59, 59) },
      },
    ],
  ])('%s', ([, parts, expected]) => {
    expect(decode(parts)).toMatchObject(expected);
  });

  test('two algorithms that differ', () => {
    const rsa = seq(oid('1.2.840.113549.1.1.11'), nul());
    const { tbsSignatureAlgorithm, signatureAlgorithm } = decode({ tbsSignature: rsa });
    expect(tbsSignatureAlgorithm).toMatchObject({ oid: '1.2.840.113549.1.1.11', parameters: nul() });
    expect(signatureAlgorithm).toMatchObject({ oid: '1.2.840.10045.4.3.2', parameters: null });
  });

  test('an extension that is there twice', () => {
    const twice = extension('2.5.29.17', seq());
    const { extensions } = decode({ extensions: [twice, extension('2.5.29.15', bits(0, 1)), twice, twice] });
    expect(extensions.map(({ oid }) => oid)).toEqual(['2.5.29.17', '2.5.29.15', '2.5.29.17', '2.5.29.17']);
    expect(repeatedExtensions(extensions)).toEqual(['2.5.29.17']);
  });
});

describe('not readable', () => {
  test.for<[string, CertificateParts, WireErrorCode, string]>([
    ['no version number', { version: around(0) }, 'truncated', 'certificate.version'],
    ['a negative version', { version: around(0, int(0xff)) }, 'bad-value', 'certificate.version'],
    ['a version without end', { version: around(0, int(1, 0, 0, 0, 0)) }, 'too-large', 'certificate.version'],
    ['a serial number with a spare zero', { serialNumber: int(0, 1) }, 'bad-value', 'certificate.serialNumber'],
    ['a serial number that is a text', { serialNumber: ascii('\x0c\x01a') }, 'bad-value', 'certificate.serialNumber'],
    ['an algorithm without a name', { tbsSignature: seq() }, 'truncated', 'certificate.signature.algorithm'],
    [
      'two parameters',
      { signatureAlgorithm: seq(oid('1.2.3'), nul(), nul()) },
      'trailing',
      'certificate.signatureAlgorithm',
    ],
    ['an issuer that is no list', { issuer: set() }, 'bad-value', 'certificate.issuer'],
    [
      'an attribute without a value',
      { subject: seq(set(seq(oid('2.5.4.3')))) },
      'truncated',
      'certificate.subject[0][0].value',
    ],
    ['a single time', { validity: seq(utcTime('260101000000Z')) }, 'truncated', 'certificate.validity.notAfter'],
    ['three times', { validity: seq(...Array(3).fill(utcTime('260101000000Z'))) }, 'trailing', 'certificate.validity'],
    ['a time that is a number', { validity: seq(int(1), int(2)) }, 'bad-value', 'certificate.validity.notBefore'],
    [
      'a key that is an OCTET STRING',
      { key: seq(ECDSA, octets()) },
      'bad-value',
      'subjectPublicKeyInfo.subjectPublicKey',
    ],
    ['unique identifiers in the wrong order', { rest: [instead(2, [0]), instead(1, [0])] }, 'trailing', 'certificate'],
    ['extensions that are no list', { rest: [around(3, int(1))] }, 'bad-value', 'certificate.extensions'],
    ['two lists of extensions', { rest: [around(3, seq(), seq())] }, 'trailing', 'certificate.extensions'],
    ['TRUE as 01', { extensions: [extension('1.2.3', seq(), 1)] }, 'bad-value', 'certificate.extensions[0].critical'],
    [
      'an extension without a value',
      { extensions: [seq(oid('1.2.3'))] },
      'truncated',
      'certificate.extensions[0].extnValue',
    ],
    [
      'more behind the value',
      { extensions: [seq(oid('1.2.3'), octets(), nul())] },
      'trailing',
      'certificate.extensions[0]',
    ],
    ['a signature without content', { signature: tlv(3) }, 'bad-value', 'certificate.signatureValue'],
  ])('%s', ([, parts, code, path]) => {
    refuses(() => decode(parts), code, path);
  });

  test.for<[string, Uint8Array, WireErrorCode]>([
    ['nothing', hex(''), 'truncated'],
    ['a text', ascii('-----BEGIN CERTIFICATE-----'), 'bad-value'],
    ['an empty list', seq(), 'truncated'],
    ['BER', hex('30 80 00 00'), 'bad-value'],
    ['more than is read', new Uint8Array(MAX_CERTIFICATE + 1), 'too-large'],
  ])('%s', ([, bytes, code]) => {
    refuses(() => decodeCertificate(bytes), code, '');
  });
});

describe('keys', () => {
  const rsa = seq(oid('1.2.840.113549.1.1.1'), nul());
  const rsaKey = (...numbers: Uint8Array[]) => seq(rsa, tlv(3, [0], seq(...numbers)));
  const ec = (parameters: Uint8Array) => seq(seq(oid('1.2.840.10045.2.1'), parameters), bits(0, 4));

  test.for<[string, Uint8Array, object]>([
    [
      'RSA 2041',
      rsaKey(int(1, ...Array(255).fill(0)), int(1, 0, 1)),
      { kind: 'rsa', modulusBits: 2041, exponent: 65_537n },
    ],
    ['RSA 2048', rsaKey(int(0, 0x80, ...Array(255).fill(0)), int(3)), { kind: 'rsa', modulusBits: 2048, exponent: 3n }],
    ['P-384', ec(oid('1.3.132.0.34')), { kind: 'ec', curveName: 'P-384', curveBits: 384, point: hex('04') }],
    [
      'a curve that is not known',
      ec(oid('1.2.3')),
      { kind: 'ec', curve: '1.2.3', curveName: '1.2.3', curveBits: null },
    ],
    ['explicit parameters', ec(seq(int(1))), { kind: 'ec', curve: 'explicit parameters' }],
    ['implicit curve', ec(nul()), { kind: 'ec', curve: 'implicit curve' }],
    ['Ed25519', seq(seq(oid('1.3.101.112')), bits(0, ...Array(32).fill(7))), { kind: 'ed25519' }],
    [
      'DSA',
      seq(seq(oid('1.2.840.10040.4.1'), seq(int(0, 0xff), int(1), int(1))), bits(0, 2)),
      { kind: 'dsa', primeBits: 8 },
    ],
    [
      'DSA with the parameters of its issuer',
      seq(seq(oid('1.2.840.10040.4.1')), bits(0)),
      { kind: 'dsa', primeBits: null },
    ],
    ['another one', seq(seq(oid('1.2.3')), bits(0, 1)), { kind: 'unknown' }],
  ])('%s', ([, key, expected]) => {
    expect(decode({ key }).publicKey).toMatchObject({ raw: key, key: expected });
  });

  test.for<[string, Uint8Array, WireErrorCode, string]>([
    ['RSA without an exponent', rsaKey(int(5)), 'truncated', 'subjectPublicKey.rsa.publicExponent'],
    ['a modulus of zero', rsaKey(int(0), int(3)), 'bad-value', 'subjectPublicKey.rsa.modulus'],
    ['a negative modulus', rsaKey(int(0x80), int(3)), 'bad-value', 'subjectPublicKey.rsa.modulus'],
    ['a key of seven bits', seq(rsa, bits(1, 0)), 'bad-value', 'subjectPublicKey'],
    ['on no curve', seq(seq(oid('1.2.840.10045.2.1')), bits(0, 4)), 'bad-value', 'algorithm.parameters'],
    [
      'Ed25519 of 31 octets',
      seq(seq(oid('1.3.101.112')), bits(0, ...Array(31).fill(7))),
      'bad-value',
      'subjectPublicKey',
    ],
  ])('unreadable, which spoils nothing else: %s', ([, key, code, path]) => {
    const { key: read } = decode({ key }).publicKey;
    if (read.kind !== 'unreadable') throw new Error(read.kind);
    expect(read.fault).toMatchObject({ code, path: `certificate.subjectPublicKeyInfo.${path}` });
  });
});

describe('times', () => {
  const at = (time: Uint8Array) => decode({ validity: seq(time, utcTime('270101000000Z')) }).notBefore;

  test.for<[string, Uint8Array, string, string[]]>([
    ['the last year of UTCTime', utcTime('491231235959Z'), '2049-12-31T23:59:59.000Z', []],
    ['its first year', utcTime('500101000000Z'), '1950-01-01T00:00:00.000Z', []],
    ['2050', generalizedTime('20500101000000Z'), '2050-01-01T00:00:00.000Z', []],
    ['no end', generalizedTime('99991231235959Z'), '9999-12-31T23:59:59.000Z', []],
    ['the year 0', generalizedTime('00000101000000Z'), '0000-01-01T00:00:00.000Z', ['wrong-type']],
    ['a leap day', utcTime('280229120000Z'), '2028-02-29T12:00:00.000Z', []],
    ['GeneralizedTime too early', generalizedTime('20491231235959Z'), '2049-12-31T23:59:59.000Z', ['wrong-type']],
    ['no seconds', utcTime('2601010203Z'), '2026-01-01T02:03:00.000Z', ['no-seconds']],
    ['a fraction', generalizedTime('20500101000000.25Z'), '2050-01-01T00:00:00.250Z', ['fraction']],
    ['an offset', utcTime('260101000000+0130'), '2025-12-31T22:30:00.000Z', ['not-zulu']],
    ['local time', generalizedTime('20500101000000'), '2050-01-01T00:00:00.000Z', ['not-zulu']],
  ])('%s', ([, time, iso, faults]) => {
    const read = at(time);
    expect({ iso: new Date(read.at).toISOString(), faults: read.faults }).toEqual({ iso, faults });
  });

  test.for([
    utcTime(''),
    utcTime('260230000000Z'),
    utcTime('270229000000Z'),
    utcTime('261301000000Z'),
    utcTime('260001000000Z'),
    utcTime('260100000000Z'),
    utcTime('260101240000Z'),
    utcTime('260101006000Z'),
    utcTime('260101000060Z'),
    utcTime('20260101000000Z'),
    generalizedTime('260101000000Z'),
    generalizedTime('2026010100Z'),
    utcTime('26010100000\0Z'),
    utcTime(`260101000000.${'0'.repeat(40)}Z`),
  ])('no time: %o', (time) => {
    refuses(() => at(time), 'bad-value', 'certificate.validity.notBefore');
  });
});

test('P-256 of the tests is what the product takes for it', () => {
  expect(decode({ key: P256 }).publicKey.key).toMatchObject({ kind: 'ec', curveName: 'P-256' });
});
