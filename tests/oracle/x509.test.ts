/** Certificates and PKCS #7 of `openssl`, read by it, by pkijs and by us. */
import { X509Certificate } from 'node:crypto';
import * as pkijs from 'pkijs';
import { beforeEach, describe, expect, test } from 'vitest';
import { decodeCertificateBundle } from '#lib/wire/x509/bundle.ts';
import { type Certificate, decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { sameName } from '#lib/wire/x509/name.ts';
import { encodePem } from '#lib/wire/x509/pem.ts';
import { describeSignatureAlgorithm } from '#lib/wire/x509/signature-algorithm.ts';
import { needs, output } from './foreign.ts';
import { asHex, hash, isSigned, NAMES, serial } from './x509-common.ts';
import { type KeyKind, keyKinds, SUBJECTS, X509Maker } from './x509-maker.ts';
import { colons, extensionLines, inOrder, linesOf, TITLES } from './x509-text.ts';

beforeEach((context) => needs(context, 'openssl'));

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`;

/** The same fields out of three readers: one line each. */
async function theirFields(file: string): Promise<string[]> {
  const shown = ['-serial', '-issuer', '-subject', '-dates', '-dateopt', 'iso_8601', '-fingerprint', '-sha256'];
  const text = await output('openssl', ['x509', '-in', file, '-noout', ...shown, ...NAMES]);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^sha256 /i, ''));
}

function ourFields(certificate: Certificate): string[] {
  return [
    `serial=${serial(certificate.serialNumber)}`,
    `issuer=${inOrder(certificate.issuer)}`,
    `subject=${inOrder(certificate.subject)}`,
    `notBefore=${iso(certificate.notBefore.at)}`,
    `notAfter=${iso(certificate.notAfter.at)}`,
    `Fingerprint=${colons(hash('sha256', certificate.raw))}`,
  ];
}

const pkijsAttributes = (name: pkijs.RelativeDistinguishedNames): string[] =>
  name.typesAndValues.map(({ type, value }) => `${type}=${value.valueBlock.value}`);
const ourAttributes = ({ rdns }: Certificate['subject']): string[] =>
  rdns.flat().map(({ oid, value }) => `${oid}=${value}`);

function sameAsPkijs(der: Uint8Array<ArrayBuffer>, ours: Certificate): void {
  const theirs = pkijs.Certificate.fromBER(der);
  expect(theirs.version + 1).toBe(ours.version);
  expect(asHex(theirs.serialNumber.valueBlock.valueHexView)).toBe(asHex(ours.serialNumber));
  expect([theirs.notBefore.value.getTime(), theirs.notAfter.value.getTime()]).toEqual([
    ours.notBefore.at,
    ours.notAfter.at,
  ]);
  expect(pkijsAttributes(theirs.subject)).toEqual(ourAttributes(ours.subject));
  expect(pkijsAttributes(theirs.issuer)).toEqual(ourAttributes(ours.issuer));
  expect(asHex(theirs.tbsView)).toBe(asHex(ours.tbsRaw));
  expect(asHex(theirs.signatureValue.valueBlock.valueHexView)).toBe(asHex(ours.signature.bytes));
  expect([theirs.signature.algorithmId, theirs.signatureAlgorithm.algorithmId]).toEqual([
    ours.tbsSignatureAlgorithm.oid,
    ours.signatureAlgorithm.oid,
  ]);
  expect(
    (theirs.extensions ?? []).map(({ extnID, critical, extnValue }) => [
      extnID,
      critical,
      asHex(extnValue.valueBlock.valueHexView),
    ]),
  ).toEqual(ours.extensions.map(({ oid, critical, value }) => [oid, critical, asHex(value)]));
}

/** The kind of key as the maker calls it. */
function kindOf({ publicKey: { key } }: Certificate): string {
  if (key.kind === 'ec') return key.curveName;
  if (key.kind === 'rsa') return `RSA ${key.modulusBits}`;
  return { ed25519: 'Ed25519', ed448: 'Ed448' }[key.kind as string] ?? key.kind;
}

describe('certificates', () => {
  test.for(Object.keys(keyKinds) as KeyKind[])('that sign themselves: %s', async (kind) => {
    const maker = await X509Maker.open();
    const name = await maker.selfSigned(kind, SUBJECTS.odd);
    const der = await maker.der(name);
    const ours = decodeCertificate(der);
    expect(ourFields(ours)).toEqual(await theirFields(maker.file(`${name}.pem`)));
    sameAsPkijs(der, ours);
    expect(isSigned(ours, ours)).toBe(true);
    expect(kindOf(ours)).toBe(kind);
  });

  test.for<[string, string[], object]>([
    ['SHA-1', ['-sha1'], { family: 'rsa-pkcs1', hash: 'sha1' }],
    ['SHA3-256', ['-sha3-256'], { family: 'rsa-pkcs1', hash: 'sha3-256' }],
    [
      'PSS, salt of 32',
      ['-sha256', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32'],
      {
        pss: { hash: 'sha256', maskHash: 'sha256', saltLength: 32, trailerField: 1 },
      },
    ],
    [
      'PSS, two hashes',
      ['-sha384', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_mgf1_md:sha1', '-sigopt', 'rsa_pss_saltlen:20'],
      {
        pss: { hash: 'sha384', maskHash: 'sha1', saltLength: 20, trailerField: 1 },
      },
    ],
  ])('signed with RSA and %s', async ([, options, expected]) => {
    const maker = await X509Maker.open();
    const name = await maker.selfSigned('RSA 2048', SUBJECTS['#'], options);
    const ours = decodeCertificate(await maker.der(name));
    expect(describeSignatureAlgorithm(ours.signatureAlgorithm)).toMatchObject(expected);
    expect(ourFields(ours)).toEqual(await theirFields(maker.file(`${name}.pem`)));
  });

  test.for(['leaf', 'authority', 'responder', 'plain'] as const)('with the extensions of: %s', async (profile) => {
    const maker = await X509Maker.open();
    const name = await maker.issue(profile, SUBJECTS.odd);
    const der = await maker.der(name);
    const [ours, root] = [decodeCertificate(der), decodeCertificate(await maker.der('root'))];
    expect(ourFields(ours)).toEqual(await theirFields(maker.file(`${name}.pem`)));
    sameAsPkijs(der, ours);
    expect(sameName(ours.issuer, root.subject)).toBe(true);
    expect(isSigned(ours, root)).toBe(true);
    const named = ours.extensions.filter(({ oid }) => oid in TITLES);
    expect(named.length).toBe(ours.extensions.length - (profile === 'leaf' ? 1 : 0));
    for (const extension of named) {
      const [title, option] = TITLES[extension.oid] ?? ['', ''];
      const text = await output('openssl', ['x509', '-in', maker.file(`${name}.pem`), '-noout', '-ext', option]);
      expect(linesOf(text)).toEqual([
        `${title}:${extension.critical ? ' critical' : ''}`,
        ...(extensionLines[extension.oid]?.(extension) ?? []),
      ]);
    }
  });

  test('times: 2049, 2050 and 9999', async () => {
    const maker = await X509Maker.open();
    const times = ['-startdate', '491231235959Z', '-enddate', '20500101000000Z'];
    const first = decodeCertificate(await maker.der(await maker.issue('plain', SUBJECTS['#'], times)));
    expect([first.notBefore, first.notAfter]).toMatchObject([
      { at: Date.UTC(2049, 11, 31, 23, 59, 59), type: 'UTCTime', faults: [] },
      { at: Date.UTC(2050, 0), type: 'GeneralizedTime', faults: [] },
    ]);
    const name = await maker.issue('plain', SUBJECTS['#'], ['-enddate', '99991231235959Z']);
    const last = decodeCertificate(await maker.der(name));
    expect(ourFields(last)).toEqual(await theirFields(maker.file(`${name}.pem`)));
    expect(last.notAfter.at).toBe(new X509Certificate(last.raw).validToDate.getTime());
  });
});

describe('PKCS #7', () => {
  test('of two certificates, as DER, as PEM, and by pkijs', async () => {
    const maker = await X509Maker.open();
    const name = await maker.issue('leaf', SUBJECTS.odd);
    const expected = [await maker.der(name), await maker.der('root')].map(asHex);
    const files = [name, 'root'].flatMap((each) => ['-certfile', maker.file(`${each}.pem`)]);
    for (const form of ['DER', 'PEM']) {
      await output('openssl', [
        'crl2pkcs7',
        '-nocrl',
        ...files,
        '-outform',
        form,
        '-out',
        maker.file(`bundle.${form}`),
      ]);
      expect(decodeCertificateBundle(maker.bytes(`bundle.${form}`)).map(asHex)).toEqual(expected);
    }
    const content = pkijs.ContentInfo.fromBER(maker.bytes('bundle.DER')).content;
    const theirs = new pkijs.SignedData({ schema: content }).certificates ?? [];
    expect(theirs.map((each) => asHex(each.toSchema().toBER()))).toEqual(expected);
  });

  test('signed and streamed, which is BER with indefinite lengths', async () => {
    const maker = await X509Maker.open();
    const signer = await maker.issue('plain', SUBJECTS['#']);
    const keys = [
      '-signer',
      maker.file(`${signer}.pem`),
      '-inkey',
      maker.file(`${signer}.key`),
      '-certfile',
      maker.file('root.pem'),
    ];
    const how = ['-sign', '-binary', '-nodetach', '-stream', '-outform', 'DER', '-out', maker.file('streamed.der')];
    await output('openssl', ['cms', ...how, ...keys, '-in', maker.file('root.pem')]);
    const bytes = maker.bytes('streamed.der');
    expect([...bytes.subarray(0, 2)]).toEqual([0x30, 0x80]);
    const expected = [await maker.der('root'), await maker.der(signer)].map(asHex);
    expect(decodeCertificateBundle(bytes).map(asHex).sort()).toEqual(expected.sort());
  });

  test('openssl reads the PEM that we write', async () => {
    const maker = await X509Maker.open();
    const der = await maker.der('root');
    const again = await output('openssl', ['x509', '-outform', 'PEM'], encodePem('CERTIFICATE', der));
    expect(again).toBe(encodePem('CERTIFICATE', der));
  });
});
