/** Bytes as text: marks, declarations and headers, and who is believed. RFC 7303 3, XML 1.0 appendix F */
import { describe, expect, test } from 'vitest';
import { decodeText } from '#lib/wire/xml/encoding.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const little = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));
const big = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le').swap16());
const declared = (encoding: string, text: string): string =>
  `<?xml version="1.0" encoding="${encoding}"?><a>${text}</a>`;

const read = (bytes: Uint8Array, type: string | null = null) => {
  const { text, encoding, notes } = decodeText(bytes, type);
  return [text, encoding, notes.map(({ code, what }) => `${code} ${what}`.trim())];
};

describe('a text is read', () => {
  test.each<[string, Uint8Array, string | null, string, string, readonly string[]]>([
    ['as UTF-8 where nobody says anything', utf8('ü'), null, 'ü', 'utf-8', []],
    ['as the mark says', Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), null, 'a', 'utf-8', ['byte-order-mark']],
    [
      'as the mark says, against the header',
      Uint8Array.of(0xff, 0xfe, 0x61, 0),
      'a/b; charset=utf-8',
      'a',
      'utf-16le',
      ['byte-order-mark', 'utf-16 UTF-16LE', 'charset-lies utf-8'],
    ],
    ['as the header says where it is not UTF-8', latin1('ü'), 'a/b; charset="Windows-1252"', 'ü', 'windows-1252', []],
    [
      'as the declaration says',
      latin1(declared('iso-8859-1', 'ü')),
      null,
      declared('iso-8859-1', 'ü'),
      'windows-1252',
      [],
    ],
    [
      'as the declaration in single quotes says',
      latin1("<?xml version='1.0' encoding = 'latin1'?>ü"),
      null,
      "<?xml version='1.0' encoding = 'latin1'?>ü",
      'windows-1252',
      [],
    ],
    ['as two-byte characters by its first one', little('<ü'), null, '<ü', 'utf-16le', ['utf-16 UTF-16LE']],
    ['as two-byte characters, swapped', big('<ü'), 'a/b;charset=utf-16', '<ü', 'utf-16be', ['utf-16 UTF-16BE']],
    ['with gaps where it is nothing', Uint8Array.of(0x61, 0xff), null, 'a\ufffd', 'utf-8', ['broken-characters UTF-8']],
    ['although the header names what nobody knows', utf8('ü'), 'a/b; charset=x', 'ü', 'utf-8', ['charset-unknown x']],
    [
      'although the label is as long as a book',
      utf8('a'),
      `a/b; charset=${'x'.repeat(500)}`,
      'a',
      'utf-8',
      [`charset-unknown ${'x'.repeat(40)}`],
    ],
    ['as empty', new Uint8Array(), 'a/b; charset=', '', 'utf-8', []],
  ])('%s', (_title, bytes, type, text, encoding, notes) => {
    expect(read(bytes, type)).toEqual([text, encoding, notes]);
  });
});

test('a promise counts as kept where the bytes are the same in both', () => {
  expect(read(utf8(declared('us-ascii', 'a')), 'a/b; charset=iso-8859-15')[2]).toEqual([]);
  expect(read(utf8(declared('us-ascii', 'ü')), 'a/b; charset=utf-8')[2]).toEqual(['encoding-lies us-ascii']);
  expect(read(utf8(declared('utf-16', 'a')))[2]).toEqual(['encoding-lies utf-16']);
});

test('an encoding that stands in the text itself promises nothing', () => {
  expect(read(utf8('<a encoding="utf-16">?></a>'))[2]).toEqual([]);
  expect(read(utf8('<?xml version="1.0"?><a encoding="utf-16"/>'))[2]).toEqual([]);
});
