/** Certificates in all the wrappers that they come in. RFC 5280 4.2.2.1, RFC 5652 */
import { describe, expect, test } from 'vitest';
import type { WireErrorCode } from '#lib/wire/error.ts';
import { decodeCertificateBundle } from '#lib/wire/x509/bundle.ts';
import { MAX_BUNDLE } from '#lib/wire/x509/limits.ts';
import { encodePem } from '#lib/wire/x509/pem.ts';
import { around, ascii, type Bytes, hex, indefinite, int, octets, oid, seq, set, utf8 } from './asn1.ts';
import { cutAndLengthened, refuses } from './complaint.ts';
import { bundle, leaf, root } from './samples.ts';

const SIGNED = oid('1.2.840.113549.1.7.2');
const DATA = seq(oid('1.2.840.113549.1.7.1'));
const message = (...rest: Bytes[]): Bytes => seq(SIGNED, around(0, seq(int(1), set(), DATA, ...rest)));
const text = (...blocks: string[]): Bytes => ascii(blocks.join('some words\n'));
const utf16 = (words: string, mark: string): Bytes => {
  const encoded = Buffer.from(`\ufeff${words}`, 'utf16le');
  return new Uint8Array(mark === 'le' ? encoded : encoded.swap16());
};

cutAndLengthened('DER', leaf, decodeCertificateBundle);
cutAndLengthened('PKCS #7', bundle, decodeCertificateBundle);
cutAndLengthened('PKCS #7 without certificates', message(set()), decodeCertificateBundle);

/** Every part of the wrapper with an indefinite length, as old software streams it. */
const streamed = indefinite(
  0x30,
  SIGNED,
  indefinite(
    0xa0,
    indefinite(
      0x30,
      int(1),
      indefinite(0x31),
      indefinite(0x30, oid('1.2.840.113549.1.7.1')),
      indefinite(0xa0, leaf, root),
      indefinite(0x31),
    ),
  ),
);
cutAndLengthened('PKCS #7 with indefinite lengths', streamed, decodeCertificateBundle);

test.for<[string, Bytes, Bytes[]]>([
  ['DER', leaf, [leaf]],
  ['PEM', text(encodePem('CERTIFICATE', leaf)), [leaf]],
  [
    'several, with words between them',
    text(encodePem('CERTIFICATE', leaf), encodePem('X509 CERTIFICATE', root)),
    [leaf, root],
  ],
  ['a key beside it', text(encodePem('PRIVATE KEY', hex('00')), encodePem('CERTIFICATE', leaf)), [leaf]],
  [
    'OpenSSL’s remarks',
    text(encodePem('TRUSTED CERTIFICATE', new Uint8Array([...leaf, ...seq(seq(oid('1.2.3')))]))),
    [leaf],
  ],
  ['a text that begins like DER', text('0 s:CN = a\n', encodePem('CERTIFICATE', leaf)), [leaf]],
  ['UTF-8 with a mark', new Uint8Array([0xef, 0xbb, 0xbf, ...text(encodePem('CERTIFICATE', leaf))]), [leaf]],
  ['UTF-16', utf16(encodePem('CERTIFICATE', leaf), 'le'), [leaf]],
  ['UTF-16 the other way', utf16(encodePem('CERTIFICATE', leaf), 'be'), [leaf]],
  ['PKCS #7 from openssl crl2pkcs7', bundle, [leaf, root]],
  ['PKCS #7 as PEM', text(encodePem('PKCS7', bundle)), [leaf, root]],
  ['CMS as PEM, and one more', text(encodePem('CMS', streamed), encodePem('CERTIFICATE', root)), [leaf, root, root]],
  ['indefinite lengths', streamed, [leaf, root]],
  ['PKCS #7 without any', message(set()), []],
  ['PKCS #7 without even a place for them', message(), []],
  [
    'attribute certificates between them',
    message(around(0, around(2, utf8('x')), leaf, around(1, utf8('x'))), set()),
    [leaf],
  ],
])('%s', ([, bytes, expected]) => {
  const read = decodeCertificateBundle(bytes);
  expect(read.map((each) => Buffer.from(each).toString('hex'))).toEqual(
    expected.map((each) => Buffer.from(each).toString('hex')),
  );
});

describe('refused', () => {
  test.for<[string, Bytes, WireErrorCode, string]>([
    ['words', ascii('hello'), 'bad-value', 'bundle'],
    ['an HTML page', ascii('<!doctype html>'), 'bad-value', 'bundle'],
    ['a key alone', text(encodePem('PRIVATE KEY', hex('00'))), 'bad-value', 'bundle'],
    ['PKCS #12', seq(int(3), ...Array(40).fill(octets(hex('0102')))), 'bad-value', 'bundle'],
    [
      'another kind of message',
      seq(oid('1.2.840.113549.1.7.3'), around(0, octets(new Uint8Array(200)))),
      'bad-value',
      'bundle.pkcs7',
    ],
    ['a message that is none', seq(SIGNED, octets(new Uint8Array(200))), 'bad-value', 'bundle.pkcs7.content'],
    ['a PKCS #7 block that is none', text(encodePem('PKCS7', leaf)), 'bad-value', 'bundle.pem[0].contentType'],
    [
      'a remark without a certificate',
      text(encodePem('TRUSTED CERTIFICATE', int(1))),
      'bad-value',
      'bundle.pem[0].certificate',
    ],
    ['too many octets', new Uint8Array(MAX_BUNDLE + 1), 'too-large', 'bundle'],
    ['too many certificates', message(around(0, ...Array(10_001).fill(seq()))), 'too-large', 'bundle.pkcs7'],
  ])('%s', ([, bytes, code, path]) => {
    refuses(() => decodeCertificateBundle(bytes), code, path);
  });
});
