/**
 * What is large, deep or odd on purpose. Nothing here measures time: where the cost grew faster than the size, these would not come to
 * an end before the runner gives up.
 */
import { describe, expect, test } from 'vitest';
import { decodeCertificateBundle } from '#lib/wire/x509/bundle.ts';
import { decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { decodeCrl, findRevoked } from '#lib/wire/x509/crl.ts';
import { decodeNameConstraints, decodeSubjectAltName, repeatedExtensions } from '#lib/wire/x509/extensions.ts';
import { nameToText, sameName, shortName } from '#lib/wire/x509/name.ts';
import { decodeOcspResponse } from '#lib/wire/x509/ocsp.ts';
import { decodePem, encodePem } from '#lib/wire/x509/pem.ts';
import {
  around,
  ascii,
  type Bytes,
  certificate,
  crl,
  crlEntry,
  extension,
  hex,
  instead,
  int,
  name,
  octets,
  oid,
  seq,
  seqOf,
  set,
  tlv,
  tlvOf,
  utf8,
} from './asn1.ts';
import { refuses } from './complaint.ts';

const MIB = 1024 * 1024;
const many = (count: number, make: (index: number) => Bytes): Bytes[] =>
  Array.from({ length: count }, (_, index) => make(index));
const only = (parts: Parameters<typeof certificate>[0]) => decodeCertificate(certificate(parts));

describe('certificates', () => {
  test('10,000 names', () => {
    const names = seqOf(many(10_000, (index) => instead(2, ascii(`host-${index}.example.test`))));
    const [first] = only({ extensions: [extension('2.5.29.17', names)] }).extensions;
    const read = first === undefined ? [] : decodeSubjectAltName(first);
    expect(read.length).toBe(10_000);
    expect(read.at(-1)).toEqual({ type: 'dns', value: 'host-9999.example.test' });
  });

  test('50,000 names of nothing, and 50,000 constraints', () => {
    const empty = many(50_000, () => instead(2, []));
    const { extensions } = only({
      extensions: [
        extension('2.5.29.17', seqOf(empty)),
        extension(
          '2.5.29.30',
          seq(
            tlvOf(
              0xa0,
              empty.map((one) => seq(one)),
            ),
          ),
        ),
      ],
    });
    const [names, constraints] = extensions;
    expect(names && decodeSubjectAltName(names).length).toBe(50_000);
    expect(constraints && decodeNameConstraints(constraints).permitted.length).toBe(50_000);
  });

  test('a megabyte in one extension', () => {
    expect(
      only({ extensions: [extension('1.2.3', octets(new Uint8Array(MIB)))] }).extensions[0]?.value.length,
    ).toBeGreaterThan(MIB);
  });

  test('a megabyte of extensions', () => {
    const { extensions } = only({ extensions: many(70_000, (index) => extension(`1.2.${index}`, hex('0500'))) });
    expect(extensions.length).toBe(70_000);
    expect(repeatedExtensions(extensions)).toEqual([]);
  });

  test('a megabyte in a name', () => {
    const { subject } = only({ subject: name(['2.5.4.3', utf8('a, '.repeat(MIB / 3))]) });
    expect(sameName(subject, only({ subject: name(['2.5.4.3', utf8('A,  '.repeat(MIB / 3))]) }).subject)).toBe(true);
    // Nobody reads more than its beginning.
    expect(nameToText(subject).length).toBeLessThan(10_000);
    expect(shortName(subject).length).toBe(200);
  });

  test('a name of 60,000 parts, one below the other and beside each other', () => {
    const attribute = (index: number) => seq(oid('2.5.4.11'), utf8(`${index}`));
    const deep = only({ subject: seqOf(many(60_000, (index) => set(attribute(index)))) }).subject;
    const wide = only({ subject: seq(tlvOf(0x31, many(60_000, attribute))) }).subject;
    const mirrored = only({
      subject: seq(
        tlvOf(
          0x31,
          many(60_000, (index) => attribute(59_999 - index)),
        ),
      ),
    }).subject;
    expect([deep.rdns.length, wide.rdns[0]?.length]).toEqual([60_000, 60_000]);
    expect([sameName(wide, mirrored), sameName(deep, wide)]).toEqual([true, false]);
  });

  test('a serial number, a modulus and an exponent of 100,000 octets', () => {
    const big = tlv(2, [1], new Uint8Array(100_000));
    const key = seq(seq(oid('1.2.840.113549.1.1.1')), tlv(3, [0], seq(big, big)));
    const read = only({ serialNumber: big, key });
    expect(read.serialNumber.length).toBe(100_001);
    expect(read.publicKey.key).toMatchObject({ kind: 'rsa', modulusBits: 800_001, exponent: 1n << 800_000n });
  });

  test('an OID that has no end', () => {
    refuses(
      () => only({ extensions: [extension('1.2.3', hex('')), seq(tlv(6, new Uint8Array(100_000).fill(1)), octets())] }),
      'too-large',
    );
  });

  test('nested 2,000 deep, where nobody looks', () => {
    let nested = seq();
    for (let depth = 0; depth < 2_000; depth++) nested = seq(nested);
    expect(only({ tbsSignature: seq(oid('1.2.3'), nested) }).tbsSignatureAlgorithm.parameters).toEqual(nested);
  });
});

describe('revocation lists', () => {
  const reason = extension('2.5.29.21', tlv(0x0a, [1]));
  const serial = (index: number) => int(1, index >> 16, (index >> 8) & 0xff, index & 0xff);

  test('300,000 entries, and a question that has no answer', () => {
    const list = decodeCrl(crl({ entries: many(300_000, (index) => crlEntry(serial(index), reason)) }));
    expect(list.entries.count).toBe(300_000);
    expect(findRevoked(list, hex('01 04 93 df'))).toMatchObject({ reason: 'keyCompromise' });
    expect(findRevoked(list, hex('02'))).toBeNull();
  });

  test('30,000 entries, each with an issuer of its own', () => {
    const issuer = (index: number) => extension('2.5.29.29', seq(around(4, name(['2.5.4.3', utf8(`${index}`)]))), 0xff);
    const list = decodeCrl(crl({ entries: many(30_000, (index) => crlEntry(serial(0), issuer(index))) }));
    expect(findRevoked(list, hex('01 00 00 00'))).toBeNull();
  });

  test('one entry with 50,000 extensions', () => {
    const entry = (count: number) =>
      crlEntry(int(1), ...many(count, (index) => extension(`1.2.${index}`, hex(''), 0xff)));
    refuses(() => decodeCrl(crl({ entries: [entry(50_000)] })), 'too-large', 'crl.revokedCertificates[0]');
    const list = decodeCrl(crl({ entries: [entry(1_000)] }));
    expect(list.entries.criticalExtensions.length).toBe(20);
    expect(findRevoked(list, hex('01'))?.extensions.length).toBe(1_000);
  });

  test('50,000 extensions', () => {
    const extensions = many(50_000, (index) => extension(`1.2.${index}`, hex('')));
    refuses(() => decodeCrl(crl({ extensions })), 'too-large', 'crl.extensions');
  });
});

describe('others', () => {
  test('an OCSP answer that is not read because of its size', () => {
    refuses(() => decodeOcspResponse(new Uint8Array(5 * MIB)), 'too-large', 'ocsp');
  });

  test('first lines without end, and words that look like them', () => {
    expect(decodePem('x-----BEGIN '.repeat(500_000))).toEqual([]);
    expect(decodePem('\n-----BEGI'.repeat(500_000))).toEqual([]);
    refuses(() => decodePem(`-----BEGIN A-----${'\n-----BEGIN A-----'.repeat(300_000)}`), 'truncated');
    refuses(() => decodePem(`-----BEGIN A-----\n${'a:\n'.repeat(300_000)}-----END A-----`), 'bad-value');
    refuses(() => decodePem(`-----BEGIN A-----${'='.repeat(3_000_000)}\n-----END A-----`), 'truncated');
  });

  test('10,000 certificates in a message of 10 MB', () => {
    const one = certificate({ extensions: [extension('1.2.3', octets(new Uint8Array(700)))] });
    const message = seq(
      oid('1.2.840.113549.1.7.2'),
      around(0, seq(int(1), set(), seq(), around(0, ...Array(10_000).fill(one)))),
    );
    expect(decodeCertificateBundle(message).length).toBe(10_000);
    expect(decodeCertificateBundle(ascii(encodePem('PKCS7', message))).length).toBe(10_000);
  });
});
