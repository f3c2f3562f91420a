/** Names: read, compared, written. RFC 5280 7.1, RFC 4514 */
import { describe, expect, test } from 'vitest';
import { decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { isWithin, type Name, nameToText, sameName, shortName, valuesOf } from '#lib/wire/x509/name.ts';
import { type Bytes, certificate, hex, ia5, name, oid, printable, seq, set, tlv, utf8 } from './asn1.ts';
import { leaf } from './samples.ts';

const CN = '2.5.4.3';
const O = '2.5.4.10';
const decode = (subject: Bytes): Name => decodeCertificate(certificate({ subject })).subject;
const commonName = (value: Bytes): Name => decode(name([CN, value]));
const teletex = (octets: string): Bytes => tlv(20, hex(octets));
const bmp = (octets: string): Bytes => tlv(30, hex(octets));
const universal = (octets: string): Bytes => tlv(28, hex(octets));

describe('strings', () => {
  test.for<[string, Bytes, string, boolean]>([
    ['UTF8String', utf8('Jörg 🙂'), 'Jörg 🙂', true],
    ['UTF8String', tlv(12, hex('61 ff')), 'a\ufffd', false],
    ['UTF8String', tlv(12, hex('ef bb bf 61')), '\ufeffa', true],
    ['PrintableString', printable("A-z 0'9()+,./:=?"), "A-z 0'9()+,./:=?", true],
    ['PrintableString', printable('*.example.test'), '*.example.test', false],
    ['IA5String', ia5('a@b'), 'a@b', true],
    ['IA5String', tlv(22, hex('e4')), 'ä', false],
    ['TeletexString', teletex('e4'), 'ä', true],
    ['BMPString', bmp('00 e4 20 ac'), 'ä€', true],
    ['BMPString', bmp('00 e4 20'), 'ä\ufffd', false],
    ['UniversalString', universal('00 01 f6 42'), '🙂', true],
    ['UniversalString', universal('00 00 d8 00'), '\ufffd', false],
    ['UniversalString', universal('00 00 00 61 00'), 'a\ufffd', false],
    ['VisibleString', tlv(26, hex('61 7f')), 'a\x7f', false],
    ['NumericString', tlv(18, hex('31 20 32')), '1 2', true],
  ])('%s %o', ([type, bytes, value, wellFormed]) => {
    expect(commonName(bytes).rdns[0]?.[0]).toMatchObject({ oid: CN, type, value, wellFormed, raw: bytes });
  });

  test('what is no string', () => {
    expect(commonName(hex('02 01 07')).rdns[0]?.[0]).toMatchObject({ type: null, value: '#020107', wellFormed: true });
  });
});

describe('the same name', () => {
  test.for<[string, Bytes, Bytes]>([
    ['case', utf8('Example'), utf8('eXAMPLE')],
    ['case beyond ASCII', utf8('ÄÖÜ ΣΑΣ'), utf8('äöü σας')],
    ['one letter for two', utf8('STRASSE'), utf8('Straße')],
    ['type of the string', utf8('Example'), printable('Example')],
    ['a sign that one of the types does not have', printable('a_b'), utf8('A_B')],
    ['other types', teletex('e4'), bmp('00 e4')],
    ['spaces at the ends and in runs', utf8('  Exa \t mple '), utf8('exa mple')],
    ['a space that does not break', utf8('a\u00a0b'), utf8('a b')],
    ['composed and decomposed', utf8('ö'), utf8('o\u0308')],
    ['compatible forms', utf8('ﬁ Ⅷ'), utf8('fi VIII')],
    ['characters that are not seen', utf8('exa\u200bm\u00adple'), utf8('example')],
    ['what is no string, octet by octet', hex('02 01 07'), hex('02 01 07')],
  ])('%s', ([, one, other]) => {
    expect(sameName(commonName(one), commonName(other))).toBe(true);
    expect(sameName(commonName(other), commonName(one))).toBe(true);
  });

  test.for<[string, Name, Name]>([
    ['a letter', commonName(utf8('a')), commonName(utf8('b'))],
    ['a space inside', commonName(utf8('a b')), commonName(utf8('ab'))],
    ['an accent', commonName(utf8('a')), commonName(utf8('ä'))],
    ['the dotless i', commonName(utf8('ı')), commonName(utf8('i'))],
    ['another attribute', decode(name([CN, utf8('a')])), decode(name([O, utf8('a')]))],
    ['one more', decode(name([CN, utf8('a')])), decode(name([CN, utf8('a')], [CN, utf8('a')]))],
    [
      'another order of RDNs',
      decode(name([CN, utf8('a')], [O, utf8('b')])),
      decode(name([O, utf8('b')], [CN, utf8('a')])),
    ],
    ['broken texts', commonName(tlv(12, hex('61 ff'))), commonName(tlv(12, hex('61 fe')))],
    ['broken texts of another type', commonName(universal('00 00 00 61 00')), commonName(universal('00 00 00 61 01'))],
    ['a text that looks like DER', commonName(hex('02 01 07')), commonName(utf8('#020107'))],
  ])('not: %s', ([, one, other]) => {
    expect(sameName(one, other)).toBe(false);
    expect(sameName(other, one)).toBe(false);
  });

  test('attributes of one RDN have no order', () => {
    const [cn, o] = [seq(oid(CN), utf8('a')), seq(oid(O), utf8('b'))];
    expect(sameName(decode(seq(set(cn, o))), decode(seq(set(o, cn))))).toBe(true);
    expect(sameName(decode(seq(set(cn, o))), decode(seq(set(cn, cn))))).toBe(false);
    expect(sameName(decode(seq(set(cn, o))), decode(seq(set(cn), set(o))))).toBe(false);
  });

  test('within a subtree', () => {
    const base = decode(name([O, utf8('Example')]));
    const inside = decode(name([O, printable('EXAMPLE')], [CN, utf8('a')]));
    expect([isWithin(inside, base), isWithin(base, base), isWithin(base, inside)]).toEqual([true, true, false]);
    expect(isWithin(inside, decode(seq()))).toBe(true);
  });

  test('texts that cost much to normalize are compared nevertheless', () => {
    const marks = (first: string, second: string) => utf8(`a${(first + second).repeat(200_000)}`);
    expect(sameName(commonName(marks('\u0301', '\u0323')), commonName(marks('\u0301', '\u0323')))).toBe(true);
    expect(sameName(commonName(marks('\u0301', '\u0323')), commonName(marks('\u0323', '\u0301')))).toBe(false);
  });
});

describe('as text', () => {
  test('the name of the sample', () => {
    const { subject } = decodeCertificate(leaf);
    expect(nameToText(subject)).toBe(
      'emailAddress=post@example.test,OU=a+CN=\\ mail.example.test,O=Müller\\, Söhne \\"& Co\\",C=DE,DC=example,DC=test',
    );
    expect(shortName(subject)).toBe(' mail.example.test');
    expect(valuesOf(subject, '0.9.2342.19200300.100.1.25')).toEqual(['test', 'example']);
  });

  test.for<[string, string]>([
    ['a+b,c;d<e>f"g\\h', 'CN=a\\+b\\,c\\;d\\<e\\>f\\"g\\\\h'],
    ['# first', 'CN=\\# first'],
    [' both ends ', 'CN=\\ both ends\\ '],
    [' ', 'CN=\\ '],
    ['', 'CN='],
    ['a\0b\nc', 'CN=a\\00b\\0ac'],
    ['a\u202eb', 'CN=a\\e2\\80\\aeb'],
  ])('%o', ([text, expected]) => {
    expect(nameToText(commonName(utf8(text)))).toBe(expected);
  });

  test('what has no keyword, or is no string, is written as DER', () => {
    expect(nameToText(decode(name(['1.2.3', utf8('a')], [CN, hex('02 01 07')])))).toBe('CN=#020107,1.2.3=#0c0161');
  });

  test('what to call it', () => {
    expect(shortName(decode(name([CN, utf8('first')], [CN, utf8('last')])))).toBe('last');
    expect(shortName(decode(name([O, utf8('Example')], ['2.5.4.6', printable('DE')])))).toBe('Example');
    expect(shortName(decode(name(['2.5.4.6', printable('DE')])))).toBe('C=DE');
    expect(shortName(decode(seq()))).toBe('');
    expect(shortName(commonName(utf8('a\u202eb\n')))).toBe('a\\e2\\80\\aeb\\0a');
    expect(shortName(commonName(utf8('x'.repeat(5000))))).toBe(`${'x'.repeat(199)}…`);
    expect(shortName(commonName(utf8('x'.repeat(200))))).toBe('x'.repeat(200));
  });
});
