/** Each extension of the samples as `openssl x509 -text` shows it, and each in wrong ways. RFC 5280 4.2 */
import { describe, expect, test } from 'vitest';
import type { WireErrorCode } from '#lib/wire/error.ts';
import { decodeCertificate } from '#lib/wire/x509/certificate.ts';
import {
  decodeAuthorityInfoAccess,
  decodeAuthorityKeyIdentifier,
  decodeBasicConstraints,
  decodeCertificatePolicies,
  decodeCrlDistributionPoints,
  decodeExtendedKeyUsage,
  decodeFreshestCrl,
  decodeInhibitAnyPolicy,
  decodeIssuerAltName,
  decodeIssuingDistributionPoint,
  decodeKeyUsage,
  decodeNameConstraints,
  decodePolicyConstraints,
  decodePolicyMappings,
  decodeSubjectAltName,
  decodeSubjectKeyIdentifier,
  decodeTimestamps,
  decodeTlsFeature,
  type Extension,
  findExtension,
  urisOf,
} from '#lib/wire/x509/extensions.ts';
import { nameToText } from '#lib/wire/x509/name.ts';
import { extensionName, extensionOids } from '#lib/wire/x509/oids.ts';
import {
  around,
  ascii,
  type Bytes,
  bits,
  bool,
  hex,
  ia5,
  instead,
  int,
  name,
  octets,
  oid,
  seq,
  set,
  tlv,
  utf8,
} from './asn1.ts';
import { cutAndLengthened, refuses } from './complaint.ts';
import { authority, leaf } from './samples.ts';

const DECODERS = {
  subjectAltName: decodeSubjectAltName,
  issuerAltName: decodeIssuerAltName,
  basicConstraints: decodeBasicConstraints,
  keyUsage: decodeKeyUsage,
  extendedKeyUsage: decodeExtendedKeyUsage,
  nameConstraints: decodeNameConstraints,
  authorityInfoAccess: decodeAuthorityInfoAccess,
  crlDistributionPoints: decodeCrlDistributionPoints,
  freshestCrl: decodeFreshestCrl,
  issuingDistributionPoint: decodeIssuingDistributionPoint,
  subjectKeyIdentifier: decodeSubjectKeyIdentifier,
  authorityKeyIdentifier: decodeAuthorityKeyIdentifier,
  certificatePolicies: decodeCertificatePolicies,
  policyMappings: decodePolicyMappings,
  policyConstraints: decodePolicyConstraints,
  inhibitAnyPolicy: decodeInhibitAnyPolicy,
  tlsFeature: decodeTlsFeature,
  certificateTransparencyTimestamps: decodeTimestamps,
};
type Kind = keyof typeof DECODERS;

const wrapped = (kind: Kind, value: Bytes): Extension => ({
  oid: extensionOids[kind],
  critical: false,
  value,
  offset: 0,
  path: 'certificate.extensions[3]',
});
const decode = (kind: Kind, value: Bytes): unknown => DECODERS[kind](wrapped(kind, value));

function ofSample<K extends Kind>(certificate: Bytes, kind: K): ReturnType<(typeof DECODERS)[K]> {
  const extension = findExtension(decodeCertificate(certificate).extensions, extensionOids[kind]);
  if (extension === null) throw new Error(kind);
  return DECODERS[kind](extension) as ReturnType<(typeof DECODERS)[K]>;
}

const dns = (text: string): Bytes => instead(2, ascii(text));
const timestamp = hex(`00 ${'ab'.repeat(32)} 00 00 01 9a 00 00 00 00 00 00 04 03 00 02 aa bb`);
const vector = (content: Bytes): Bytes => new Uint8Array([content.length >> 8, content.length & 0xff, ...content]);

describe('a server’s', () => {
  test('names', () => {
    const names = ofSample(leaf, 'subjectAltName');
    expect(names.map((each) => (each.type === 'directory' ? nameToText(each.name) : each))).toEqual([
      { type: 'dns', value: 'mail.example.test' },
      { type: 'dns', value: '*.example.test' },
      { type: 'ip', bytes: hex('c0 00 02 07') },
      { type: 'ip', bytes: hex(`20 01 0d b8 ${'00'.repeat(11)} 07`) },
      { type: 'email', value: 'alice@example.test' },
      { type: 'uri', value: 'https://mail.example.test/owa' },
      { type: 'registered', oid: '1.2.3.4' },
      'O=Example,C=DE',
      { type: 'other', oid: '1.3.6.1.4.1.311.20.2.3', value: utf8('alice@example.test') },
    ]);
    expect(urisOf(names)).toEqual(['https://mail.example.test/owa']);
    expect(ofSample(leaf, 'issuerAltName')).toEqual([{ type: 'email', value: 'ca@example.test' }]);
  });

  test('usage', () => {
    expect(ofSample(leaf, 'basicConstraints')).toEqual({ authority: false, pathLength: null });
    expect(ofSample(leaf, 'keyUsage')).toEqual(['digitalSignature', 'keyAgreement', 'decipherOnly']);
    expect(ofSample(leaf, 'extendedKeyUsage').map(({ name }) => name)).toEqual([
      'serverAuth',
      'clientAuth',
      '1.3.6.1.4.1.99999.1',
    ]);
    expect(ofSample(leaf, 'tlsFeature')).toEqual([5, 17]);
  });

  test('sources', () => {
    expect(ofSample(leaf, 'authorityInfoAccess')).toMatchObject([
      { method: 'ocsp', location: { type: 'uri', value: 'http://ocsp.example.test/' } },
      { method: 'caIssuers', location: { type: 'uri', value: 'http://aia.example.test/root.cer' } },
    ]);
    const [first, second, ...more] = ofSample(leaf, 'crlDistributionPoints');
    expect(urisOf(first?.point?.names ?? [])).toEqual([
      'http://crl.example.test/root.crl',
      'ldap://ldap.example.test/cn=root',
    ]);
    expect(first).toMatchObject({ reasons: null, issuer: null, point: { relativeName: null } });
    expect(second).toMatchObject({
      point: { names: [], relativeName: [{ oid: '2.5.4.3', value: 'Indirect' }] },
      reasons: ['keyCompromise', 'cACompromise'],
      issuer: [{ type: 'directory' }],
    });
    expect(more).toEqual([]);
    expect(ofSample(leaf, 'freshestCrl').flatMap(({ point }) => urisOf(point?.names ?? []))).toEqual([
      'http://crl.example.test/delta.crl',
    ]);
  });

  test('policies', () => {
    const [first, second] = ofSample(leaf, 'certificatePolicies');
    expect(first).toEqual({ policy: '2.23.140.1.2.2', qualifiers: [] });
    expect(second).toMatchObject({
      policy: '1.3.6.1.4.1.99999.2',
      qualifiers: [
        { oid: '1.3.6.1.5.5.7.2.1', statement: 'http://cps.example.test/' },
        { oid: '1.3.6.1.5.5.7.2.2', statement: null },
      ],
    });
  });
});

describe('an authority’s', () => {
  test('keys', () => {
    const own = ofSample(authority, 'subjectKeyIdentifier');
    expect(own).toEqual(hex('06EB432980D6DBB38EA2E322864F3A1711E5A6FD'));
    expect(ofSample(authority, 'authorityKeyIdentifier')).toMatchObject({
      keyIdentifier: hex('E3BCA55F9A498492597C2BE46283DA02DD3A62C5'),
      issuer: [{ type: 'directory' }],
      serialNumber: hex('01'),
    });
  });

  test('constraints', () => {
    expect(ofSample(authority, 'basicConstraints')).toEqual({ authority: true, pathLength: 0 });
    expect(ofSample(authority, 'nameConstraints')).toMatchObject({
      permitted: [
        { base: { type: 'dns', value: 'example.test' }, minimum: 0, maximum: null },
        { base: { type: 'ip', bytes: hex('c0 00 02 00 ff ff ff 00') } },
        { base: { type: 'directory' } },
      ],
      excluded: [
        { base: { type: 'dns', value: 'secret.example.test' } },
        { base: { type: 'email', value: '.example.org' } },
        { base: { type: 'ip', bytes: hex(`20010db8${'00'.repeat(12)}ffffffff${'00'.repeat(12)}`) } },
      ],
    });
  });

  test('policies', () => {
    expect(ofSample(authority, 'policyMappings')).toEqual([{ issuerPolicy: '1.2.3.4', subjectPolicy: '1.2.3.5' }]);
    expect(ofSample(authority, 'policyConstraints')).toEqual({ requireExplicitPolicy: 2, inhibitPolicyMapping: 0 });
    expect(ofSample(authority, 'inhibitAnyPolicy')).toBe(1);
    expect(ofSample(authority, 'certificatePolicies').map(({ policy }) => policy)).toEqual(['1.2.3.4', '2.5.29.32.0']);
  });
});

describe('timestamps', () => {
  test('of two logs', () => {
    const list = octets(vector(new Uint8Array([...vector(timestamp), ...vector(timestamp)])));
    const one = { version: 0, logId: hex('ab'.repeat(32)), at: 0x19a00000000 };
    expect(decode('certificateTransparencyTimestamps', list)).toEqual([one, one]);
  });
});

const GOOD: readonly (readonly [Kind, Bytes])[] = [
  [
    'issuingDistributionPoint',
    seq(around(0, around(0, dns('a'))), instead(1, [0xff]), instead(3, [1, 0x40]), instead(4, [0xff])),
  ],
  ['certificateTransparencyTimestamps', octets(vector(vector(timestamp)))],
  ['nameConstraints', seq(around(0, seq(dns('a'), instead(0, [1]), instead(1, [2]))))],
  ['subjectAltName', seq(around(3, seq()), around(5, seq()), instead(7, hex('31 32 37')), dns(''))],
];

for (const [kind, value] of GOOD) cutAndLengthened(kind, value, (bytes) => decode(kind, bytes));
for (const certificate of [leaf, authority]) {
  for (const { oid, value } of decodeCertificate(certificate).extensions) {
    const kind = Object.entries(extensionOids).find(([, known]) => known === oid)?.[0] as Kind;
    cutAndLengthened(`${extensionName(oid)} of a sample`, value, (bytes) => decode(kind, bytes));
  }
}

describe('odd, but readable', () => {
  test.for<[Kind, Bytes, unknown]>([
    ['subjectAltName', seq(), []],
    ['subjectAltName', seq(instead(7, ascii('192.0.2.7'))), [{ type: 'ip', bytes: ascii('192.0.2.7') }]],
    ['extendedKeyUsage', seq(), []],
    ['keyUsage', bits(0), []],
    ['keyUsage', bits(0, 0x06), ['keyCertSign', 'cRLSign']],
    ['keyUsage', bits(0, 0, 0x7f, 0xff), []],
    ['basicConstraints', seq(bool(0)), { authority: false, pathLength: null }],
    ['basicConstraints', seq(int(3)), { authority: false, pathLength: 3 }],
    ['nameConstraints', seq(), { permitted: [], excluded: [] }],
    ['crlDistributionPoints', seq(seq()), [{ point: null, reasons: null, issuer: null }]],
    ['authorityKeyIdentifier', seq(), { keyIdentifier: null, issuer: null, serialNumber: null }],
    ['policyConstraints', seq(), { requireExplicitPolicy: null, inhibitPolicyMapping: null }],
    ['certificateTransparencyTimestamps', octets(vector(hex(''))), []],
    [
      'issuingDistributionPoint',
      seq(),
      {
        point: null,
        onlyUserCertificates: false,
        onlyAuthorityCertificates: false,
        onlyAttributeCertificates: false,
        onlySomeReasons: null,
        indirect: false,
      },
    ],
  ])('%s %o', ([kind, value, expected]) => {
    expect(decode(kind, value)).toEqual(expected);
  });
});

describe('malformed', () => {
  test.for<[Kind, string, Bytes, WireErrorCode, string]>([
    ['subjectAltName', 'not ASCII', seq(dns('a'), dns('\xe4')), 'bad-value', 'subjectAltName[1]'],
    ['subjectAltName', 'a kind that does not exist', seq(instead(9, [])), 'bad-value', 'subjectAltName[0]'],
    ['subjectAltName', 'a directory name of another kind', seq(around(4, set())), 'bad-value', 'subjectAltName[0]'],
    ['subjectAltName', 'two directory names', seq(around(4, name(), name())), 'trailing', 'subjectAltName[0]'],
    [
      'subjectAltName',
      'another name without a value',
      seq(around(0, oid('1.2.3'))),
      'truncated',
      'subjectAltName[0].value',
    ],
    ['subjectAltName', 'no list', ia5('a'), 'bad-value', 'subjectAltName'],
    ['basicConstraints', 'TRUE as 01', seq(bool(1)), 'bad-value', 'basicConstraints.cA'],
    [
      'basicConstraints',
      'less than none',
      seq(bool(0xff), int(0xff)),
      'bad-value',
      'basicConstraints.pathLenConstraint',
    ],
    ['basicConstraints', 'the wrong order', seq(int(1), bool(0xff)), 'trailing', 'basicConstraints'],
    ['keyUsage', 'unused bits that are used', bits(7, 0xff), 'bad-value', 'keyUsage'],
    ['extendedKeyUsage', 'a text', seq(utf8('serverAuth')), 'bad-value', 'extKeyUsage[0]'],
    ['nameConstraints', 'no name', seq(around(0, seq())), 'truncated', 'nameConstraints.permittedSubtrees[0].base'],
    [
      'nameConstraints',
      'a negative depth',
      seq(around(1, seq(dns('a'), instead(0, [0x80])))),
      'bad-value',
      'excludedSubtrees[0].minimum',
    ],
    ['authorityInfoAccess', 'no place', seq(seq(oid('1.2.3'))), 'truncated', 'authorityInfoAccess[0].accessLocation'],
    [
      'crlDistributionPoints',
      'an empty choice',
      seq(seq(around(0))),
      'truncated',
      'cRLDistributionPoints[0].distributionPoint.fullName',
    ],
    [
      'crlDistributionPoints',
      'both choices',
      seq(seq(around(0, around(1), around(0)))),
      'trailing',
      'distributionPoint',
    ],
    ['subjectKeyIdentifier', 'two', new Uint8Array([...octets(), ...octets()]), 'trailing', 'subjectKeyIdentifier'],
    ['authorityKeyIdentifier', 'a spare zero', seq(instead(2, [0, 1])), 'bad-value', 'authorityCertSerialNumber'],
    [
      'certificatePolicies',
      'a statement beyond ASCII',
      seq(seq(oid('1.2.3'), seq(seq(oid('1.3.6.1.5.5.7.2.1'), tlv(22, [0xe4]))))),
      'bad-value',
      'certificatePolicies[0].policyQualifiers[0].qualifier',
    ],
    ['policyMappings', 'half of one', seq(seq(oid('1.2.3'))), 'truncated', 'policyMappings[0].subjectDomainPolicy'],
    ['inhibitAnyPolicy', 'less than none', int(0xff), 'bad-value', 'inhibitAnyPolicy'],
    ['tlsFeature', 'a text', seq(utf8('5')), 'bad-value', 'tlsFeature[0]'],
    [
      'certificateTransparencyTimestamps',
      'a list that is longer than it is',
      octets(hex('0005 00')),
      'truncated',
      'timestamps',
    ],
    ['certificateTransparencyTimestamps', 'more than the list', octets(hex('0000 00')), 'trailing', 'timestamps'],
    ['certificateTransparencyTimestamps', 'a short one', octets(vector(vector(hex('00')))), 'truncated', 'timestamps'],
  ])('%s: %s', ([kind, , value, code, path]) => {
    const error = refuses(() => decode(kind, value), code, path);
    expect(error.path.startsWith('certificate.extensions[3].')).toBe(true);
    expect(error.spec).toMatch(/^(RFC \d+|X\.690) \d/);
  });
});
