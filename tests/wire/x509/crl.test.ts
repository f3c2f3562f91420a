/** Revocation lists: one entry is found, none is kept. RFC 5280 5 */
import { describe, expect, test } from 'vitest';
import { wholeValue } from '#lib/wire/der/reader.ts';
import type { WireErrorCode } from '#lib/wire/error.ts';
import {
  decodeCrl,
  decodeCrlNumber,
  decodeDeltaCrlIndicator,
  findRevoked,
  revokedCertificates,
} from '#lib/wire/x509/crl.ts';
import { decodeIssuingDistributionPoint, findExtension } from '#lib/wire/x509/extensions.ts';
import { nameToText, readName } from '#lib/wire/x509/name.ts';
import { extensionOids } from '#lib/wire/x509/oids.ts';
import {
  around,
  type Bytes,
  type CrlParts,
  crl,
  crlEntry,
  extension,
  generalizedTime,
  hex,
  int,
  name,
  octets,
  oid,
  seq,
  tlv,
  utcTime,
  utf8,
} from './asn1.ts';
import { cutAndLengthened, refuses } from './complaint.ts';
import { crl as sample } from './samples.ts';

const decode = (parts: CrlParts) => decodeCrl(crl(parts));
const nameOf = (text: string): Bytes => name(['2.5.4.3', utf8(text)]);
const readNameOf = (text: string) => readName(wholeValue(nameOf(text), { path: 'name', spec: 'RFC 5280' }, 0x30));
const reason = (number: number): Bytes => extension(extensionOids.reasonCode, tlv(0x0a, [number]));
const issuedBy = (text: string): Bytes =>
  extension(extensionOids.certificateIssuer, seq(around(4, nameOf(text))), 0xff);

cutAndLengthened('sample', sample, decodeCrl);
cutAndLengthened('version 1 without entries', crl({ version: null, entries: null }), decodeCrl);
cutAndLengthened('an indirect one', crl({ entries: [crlEntry(int(1), issuedBy('A'))] }), decodeCrl);

describe('the sample, as openssl crl -text shows it', () => {
  const list = decodeCrl(sample);

  test('its head', () => {
    expect(list).toMatchObject({
      version: 2,
      thisUpdate: { at: Date.UTC(2026, 10, 20, 22, 28, 45), faults: [] },
      nextUpdate: { at: Date.UTC(2026, 11, 20, 22, 28, 45), faults: [] },
      entries: { count: 3, criticalExtensions: [], nameIssuers: false },
      signatureAlgorithm: { oid: '1.2.840.10045.4.3.2' },
    });
    expect(nameToText(list.issuer)).toBe('CN=Sample Root,O=Example,C=DE');
    expect(list.tbsRaw).toEqual(sample.subarray(4, 4 + list.tbsRaw.length));
  });

  test('its extensions', () => {
    const [number, point] = [extensionOids.crlNumber, extensionOids.issuingDistributionPoint].map((oid) =>
      findExtension(list.extensions, oid),
    );
    if (!number || !point) throw new Error('an extension is missing');
    expect(number.path).toBe('crl.extensions[2]');
    expect(decodeCrlNumber(number)).toBe(42n);
    expect(point.critical).toBe(true);
    expect(decodeIssuingDistributionPoint(point)).toMatchObject({
      point: { names: [{ type: 'uri', value: 'http://crl.example.test/root.crl' }] },
      onlyUserCertificates: true,
      onlyAuthorityCertificates: false,
      indirect: false,
    });
  });

  test('its entries', () => {
    expect(Array.from(revokedCertificates(list), ({ serialNumber }) => serialNumber)).toEqual([
      hex('07'),
      hex('1003'),
      hex('00c0ffee'),
    ]);
    expect(findRevoked(list, hex('07'))).toMatchObject({ reason: null, invalidSince: null, extensions: [] });
    expect(findRevoked(list, hex('00 c0 ff ee'))).toMatchObject({
      revokedAt: { at: Date.UTC(2026, 1, 3, 4, 5, 6) },
      reason: 'keyCompromise',
      invalidSince: { at: Date.UTC(2025, 11, 24, 18), faults: [] },
    });
    expect(findRevoked(list, hex('c0 ff ee'))).toBeNull();
    expect(findRevoked(list, hex('10'))).toBeNull();
    expect(findRevoked(list, hex('07'), readNameOf('another'))).toBeNull();
  });
});

describe('odd, but readable', () => {
  test.for<[string, CrlParts, object]>([
    ['an empty list', { entries: [] }, { entries: { count: 0 } }],
    ['no list', { entries: null }, { entries: { count: 0 } }],
    ['no next update', { times: [utcTime('260101000000Z')] }, { nextUpdate: null }],
    ['version 1', { version: null }, { version: 1 }],
    ['version 5', { version: int(4) }, { version: 5 }],
    [
      'an unknown critical extension',
      { extensions: [extension('1.2.3', octets(), 0xff)] },
      {
        extensions: [{ oid: '1.2.3', critical: true }],
      },
    ],
    [
      'critical extensions of entries',
      {
        entries: [
          crlEntry(int(1), extension('1.2.3', octets(), 0xff), reason(1)),
          crlEntry(int(2), extension('1.2.3', octets(), 0xff)),
        ],
      },
      { entries: { count: 2, criticalExtensions: ['1.2.3'] } },
    ],
  ])('%s', ([, parts, expected]) => {
    expect(decode(parts)).toMatchObject(expected);
  });

  test('no more than twenty critical extensions are named', () => {
    const entries = Array.from({ length: 30 }, (_, index) =>
      crlEntry(int(1), extension(`1.2.${index}`, octets(), 0xff)),
    );
    expect(decode({ entries }).entries.criticalExtensions.length).toBe(20);
  });

  test.for([
    [0, 'unspecified'],
    [6, 'certificateHold'],
    [7, '7'],
    [8, 'removeFromCRL'],
    [10, 'aACompromise'],
    [99, '99'],
  ] as const)('reason %i', ([number, expected]) => {
    expect(findRevoked(decode({ entries: [crlEntry(int(1), reason(number))] }), hex('01'))?.reason).toBe(expected);
  });

  test('the number of a delta’s base', () => {
    const [indicator] = decode({
      extensions: [extension(extensionOids.deltaCrlIndicator, int(1, 0), 0xff)],
    }).extensions;
    expect(indicator && decodeDeltaCrlIndicator(indicator)).toBe(256n);
  });
});

describe('indirect', () => {
  const list = decode({
    entries: [
      crlEntry(int(1)),
      crlEntry(int(2), issuedBy('A'), reason(1)),
      crlEntry(int(1), reason(4)),
      crlEntry(int(3), issuedBy('B')),
    ],
  });

  test('an issuer holds for the entries behind it', () => {
    expect(list.entries).toMatchObject({ nameIssuers: true, criticalExtensions: [extensionOids.certificateIssuer] });
    expect(Array.from(revokedCertificates(list), ({ issuer }) => nameToText(issuer))).toEqual([
      'CN=Issuer',
      'CN=A',
      'CN=A',
      'CN=B',
    ]);
  });

  test('a serial number is that of an issuer', () => {
    const find = (serial: string, issuer?: string) =>
      findRevoked(list, hex(serial), ...(issuer === undefined ? [] : [readNameOf(issuer)]));
    expect(find('01')).toMatchObject({ reason: null });
    expect(find('01', 'a')).toMatchObject({ reason: 'superseded' });
    expect(find('02')).toBeNull();
    expect(find('03', 'B')).not.toBeNull();
    expect(find('03', 'A')).toBeNull();
  });
});

describe('malformed', () => {
  const entry = (...parts: Bytes[]): CrlParts => ({ entries: [crlEntry(int(9)), seq(...parts)] });
  const time = utcTime('260101000000Z');

  test.for<[string, CrlParts, WireErrorCode, string]>([
    ['no time', { times: [] }, 'bad-value', 'crl.thisUpdate'],
    ['three times', { times: [time, time, time] }, 'trailing', 'crl'],
    ['an entry that is a number', { entries: [crlEntry(int(9)), int(1)] }, 'bad-value', 'crl.revokedCertificates[1]'],
    ['an entry without a date', entry(int(1)), 'truncated', 'crl.revokedCertificates[1]'],
    ['a serial number that is a text', entry(utf8('1'), time), 'bad-value', 'crl.revokedCertificates[1]'],
    ['a date that is a number', entry(int(1), int(2)), 'bad-value', 'crl.revokedCertificates[1]'],
    ['extensions that are a number', entry(int(1), time, int(2)), 'bad-value', 'crl.revokedCertificates[1]'],
    ['more than extensions', entry(int(1), time, seq(), seq()), 'trailing', 'crl.revokedCertificates[1]'],
    [
      'an extension without a value',
      entry(int(1), time, seq(seq(oid('1.2.3')))),
      'truncated',
      'crl.revokedCertificates[1]',
    ],
    [
      'a date that reaches into the next entry',
      { entries: [hex('30 05 02 01 01 17 0d'), crlEntry(int(9))] },
      'truncated',
      'crl.revokedCertificates[0]',
    ],
  ])('%s', ([, parts, code, path]) => {
    refuses(() => decode(parts), code, path);
  });

  test.for<[string, Bytes, WireErrorCode, string]>([
    [
      'a reason that is an INTEGER',
      crlEntry(int(9), extension(extensionOids.reasonCode, int(1))),
      'bad-value',
      'crl.revokedCertificates[1].crlEntryExtensions[0].reasonCode',
    ],
    [
      'an issuer without a name',
      crlEntry(int(9), extension(extensionOids.certificateIssuer, seq())),
      'bad-value',
      'crlEntryExtensions[0].certificateIssuer',
    ],
    [
      'a date that does not exist',
      seq(int(9), utcTime('260230000000Z')),
      'bad-value',
      'crl.revokedCertificates[1].revocationDate',
    ],
    [
      'an invalidity date of another type',
      crlEntry(int(9), extension(extensionOids.invalidityDate, utcTime('260101000000Z'))),
      'bad-value',
      'invalidityDate',
    ],
  ])('only where the entry is asked for: %s', ([, bad, code, path]) => {
    const list = decode({ entries: [crlEntry(int(1)), bad] });
    expect(findRevoked(list, hex('01'))).not.toBeNull();
    const { offset } = refuses(() => findRevoked(list, hex('09')), code, path);
    expect(offset).toBeGreaterThan(list.entries.offset);
  });

  test('places are those in the outermost buffer', () => {
    const bytes = crl({ entries: [crlEntry(int(1)), seq(int(9), generalizedTime('20260230000000Z'))] });
    const { offset } = refuses(() => findRevoked(decodeCrl(bytes), hex('09')), 'bad-value');
    expect(bytes[offset]).toBe(0x18);
  });
});
