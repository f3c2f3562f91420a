/** DER, and nothing but DER. X.690 */
import { describe, expect, test } from 'vitest';
import { BerReader } from '#lib/wire/der/ber.ts';
import {
  BIT_STRING,
  BOOLEAN,
  type DerValue,
  INTEGER,
  inside,
  MAX_DEPTH,
  NULL,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  SEQUENCE,
  unwrap,
  wholeValue,
} from '#lib/wire/der/reader.ts';
import { bigNumberOf, bitsOf, booleanOf, integerOf, nullOf, numberOf, oidOf, setBitsOf } from '#lib/wire/der/values.ts';
import { concat, derInteger, derNull, derOctets, derOid, derSequence, derValue } from '#lib/wire/der/writer.ts';
import type { WireErrorCode } from '#lib/wire/error.ts';
import { around, bits, bool, hex, indefinite, int, nul, octets, oid, seq, tlv } from './x509/asn1.ts';
import { cutAndLengthened, refuses } from './x509/complaint.ts';

const whole = (bytes: Uint8Array, tag: number): DerValue => wholeValue(bytes, { path: 'value', spec: 'X.690' }, tag);
const long = (length: number): Uint8Array => new Uint8Array(length).fill(1);

describe('lengths', () => {
  test.for([0, 1, 127, 128, 255, 256, 65_535, 65_536, 1_000_000])('%i octets', (length) => {
    const bytes = tlv(OCTET_STRING, long(length));
    const value = whole(bytes, OCTET_STRING);
    expect(value.content.length).toBe(length);
    expect(value.contentOffset).toBe(bytes.length - length);
    expect(derOctets(long(length))).toEqual(bytes);
  });

  test.for<[string, string, WireErrorCode]>([
    ['indefinite', '30 80 00 00', 'bad-value'],
    ['two octets where one would do', '30 81 02 05 00', 'bad-value'],
    ['a leading zero', '30 82 00 80', 'bad-value'],
    ['five octets', '30 85 01 00 00 00 00', 'too-large'],
    ['127 octets', '30 ff', 'too-large'],
    ['more than there is', '30 05 02 01', 'truncated'],
    ['2³² - 1', '30 84 ff ff ff ff', 'truncated'],
    ['cut inside the length', '30 82 01', 'truncated'],
    ['a tag number above 30', '3f 81 00', 'bad-value'],
  ])('%s', ([, bytes, code]) => {
    expect(refuses(() => whole(hex(bytes), SEQUENCE), code, 'value').offset).toBe(0);
  });
});

describe('values inside of values', () => {
  const bytes = seq(int(1), seq(bool(0xff)), octets(hex('aa')));
  cutAndLengthened('three parts', bytes, (some) => {
    const reader = inside(whole(some, SEQUENCE));
    reader.take('a', INTEGER);
    const flag = booleanOf(inside(reader.take('b', SEQUENCE)).take('flag', BOOLEAN));
    const last = reader.take('c', OCTET_STRING).content;
    reader.end();
    return [flag, last];
  });

  test('places are those in the outermost buffer', () => {
    const reader = inside(whole(bytes, SEQUENCE));
    reader.take('a');
    const inner = inside(reader.take('b'));
    expect(inner.take('flag')).toMatchObject({ path: 'value.b.flag', offset: 7, contentOffset: 9 });
    expect(inner.done).toBe(true);
  });

  test('another tag than the one that belongs there', () => {
    const { offset, message } = refuses(
      () => inside(whole(bytes, SEQUENCE)).take('a', BOOLEAN),
      'bad-value',
      'value.a',
    );
    expect(offset).toBe(2);
    expect(message).toBe('value.a, offset 2: tag 0x02 where 0x01 belongs (X.690)');
  });

  test('a part that reaches beyond the whole', () => {
    const reader = inside(whole(hex('30 03 04 02 aa'), SEQUENCE));
    expect(refuses(() => reader.take('part'), 'truncated', 'value.part').offset).toBe(2);
  });

  test('nothing where something belongs', () => {
    expect(refuses(() => inside(whole(seq(), SEQUENCE)).take('part'), 'truncated', 'value.part').offset).toBe(2);
  });

  test('what may be missing', () => {
    const reader = inside(whole(seq(int(1)), SEQUENCE));
    expect(reader.optional('flag', BOOLEAN)).toBeNull();
    expect(reader.optional('number', INTEGER)?.path).toBe('value.number');
    expect(reader.optional('number', INTEGER)).toBeNull();
    reader.end();
  });

  test('lists count from 0', () => {
    const list = inside(whole(seq(int(1), int(2)), SEQUENCE));
    expect(Array.from(list.rest(INTEGER), ({ path }) => path)).toEqual(['value[0]', 'value[1]']);
  });

  test('an explicit tag holds one value', () => {
    expect(numberOf(unwrap(whole(around(0, int(7)), 0xa0), INTEGER))).toBe(7);
    refuses(() => unwrap(whole(around(0), 0xa0), INTEGER), 'truncated');
    refuses(() => unwrap(whole(around(0, int(7), int(8)), 0xa0), INTEGER), 'trailing');
  });

  test('nesting has an end', () => {
    const nested = (depth: number): Uint8Array => (depth === 1 ? seq() : seq(nested(depth - 1)));
    const descend = (value: DerValue): number => {
      const reader = inside(value);
      return reader.done ? 1 : 1 + descend(reader.take('in', SEQUENCE));
    };
    expect(descend(whole(nested(MAX_DEPTH), SEQUENCE))).toBe(MAX_DEPTH);
    refuses(() => descend(whole(nested(MAX_DEPTH + 1), SEQUENCE)), 'too-large');
  });
});

describe('what values mean', () => {
  test('BOOLEAN', () => {
    expect([bool(0), bool(0xff)].map((bytes) => booleanOf(whole(bytes, BOOLEAN)))).toEqual([false, true]);
    for (const bad of [bool(1), tlv(BOOLEAN), tlv(BOOLEAN, [0, 0])])
      refuses(() => booleanOf(whole(bad, BOOLEAN)), 'bad-value');
  });

  test('INTEGER', () => {
    const good = [[0], [0x7f], [0x80], [0, 0x80], [0xff, 0x7f], [0xff]];
    for (const content of good) expect([...integerOf(whole(int(...content), INTEGER))]).toEqual(content);
    for (const bad of [[], [0, 0], [0, 0x7f], [0xff, 0x80]])
      refuses(() => integerOf(whole(int(...bad), INTEGER)), 'bad-value');
  });

  test('numbers', () => {
    const number = (...content: number[]) => numberOf(whole(int(...content), INTEGER));
    expect([number(0), number(0, 200), number(0x7f, 0xff, 0xff, 0xff)]).toEqual([0, 200, 2 ** 31 - 1]);
    refuses(() => number(0xff), 'bad-value');
    refuses(() => number(1, 0, 0, 0, 0), 'too-large');
    expect(bigNumberOf(whole(int(1, ...Array(20).fill(0)), INTEGER))).toBe(1n << 160n);
    refuses(() => bigNumberOf(whole(int(0x80), INTEGER)), 'bad-value');
  });

  test('BIT STRING', () => {
    expect(bitsOf(whole(bits(3, 0xa8), BIT_STRING))).toEqual({ bytes: hex('a8'), unusedBits: 3 });
    expect(bitsOf(whole(bits(0), BIT_STRING)).bytes.length).toBe(0);
    for (const bad of [tlv(3), bits(8, 0), bits(1), bits(3, 0xa9)])
      refuses(() => bitsOf(whole(bad, BIT_STRING)), 'bad-value');
    expect(setBitsOf(whole(bits(7, 0x80, 0x80), BIT_STRING), 9)).toEqual([0, 8]);
    expect(setBitsOf(whole(bits(0, 0x80, 0xff, 0xff), BIT_STRING), 9)).toEqual([0, 8]);
  });

  test('NULL', () => {
    expect(nullOf(whole(nul(), NULL))).toBeNull();
    refuses(() => nullOf(whole(tlv(NULL, [0]), NULL)), 'bad-value');
  });

  test.for([
    ['0.9.2342.19200300.100.1.25', '06 0a 09 92 26 89 93 f2 2c 64 01 19'],
    ['1.2.840.113549.1.1.11', '06 09 2a 86 48 86 f7 0d 01 01 0b'],
    ['2.5.29.17', '06 03 55 1d 11'],
    ['2.999', '06 02 88 37'],
  ] as const)('OBJECT IDENTIFIER %s', ([dotted, bytes]) => {
    expect(oidOf(whole(hex(bytes), OBJECT_IDENTIFIER))).toBe(dotted);
    expect(derOid(dotted)).toEqual(hex(bytes));
    expect(oid(dotted)).toEqual(hex(bytes));
  });

  test('an arc of 128 bits, as UUIDs make them', () => {
    const uuid = hex(`06 14 69 83 ${'ff'.repeat(17)} 7f`);
    expect(oidOf(whole(uuid, OBJECT_IDENTIFIER))).toBe('2.25.340282366920938463463374607431768211455');
  });

  test.for<[string, string, WireErrorCode]>([
    ['without content', '06 00', 'bad-value'],
    ['ends in the middle', '06 02 2a 86', 'bad-value'],
    ['a spare octet', '06 03 2a 80 01', 'bad-value'],
    ['longer than any', `06 81 81 ${'01'.repeat(129)}`, 'too-large'],
  ])('OBJECT IDENTIFIER: %s', ([, bytes, code]) => {
    refuses(() => oidOf(whole(hex(bytes), OBJECT_IDENTIFIER)), code);
  });
});

test('the writer writes the same as the one of the tests', () => {
  expect(derSequence(derInteger(hex('00 80')), derNull(), derValue(0xa2, derOctets(long(300))))).toEqual(
    seq(int(0, 0x80), nul(), around(2, octets(long(300)))),
  );
  expect(concat([])).toEqual(new Uint8Array());
});

describe('BER', () => {
  const place = { path: 'message', offset: 0, spec: 'X.690' };
  const open = (bytes: Uint8Array): BerReader => new BerReader(bytes, place).open('outer', SEQUENCE);

  test('indefinite lengths, and marks inside of values that are not marks', () => {
    const bytes = indefinite(SEQUENCE, octets(hex('00 00')), indefinite(SEQUENCE, indefinite(0xa0)), int(7));
    const reader = open(bytes);
    expect(reader.take('first', OCTET_STRING)).toMatchObject({ at: 2, content: 4, contentEnd: 6, end: 6 });
    expect(reader.take('second', SEQUENCE)).toMatchObject({ at: 6, content: 8, contentEnd: 12, end: 14 });
    reader.take('third', INTEGER);
    reader.end();
  });

  test('lengths that could be shorter', () => {
    expect(open(hex('30 83 00 00 03 02 01 07')).take('number', INTEGER).content).toBe(7);
  });

  test.for<[string, string, WireErrorCode]>([
    ['no end mark', '30 80 02 01 07', 'truncated'],
    ['half an end mark', '30 80 02 01 07 00', 'truncated'],
    ['an indefinite length of a primitive value', '30 80 04 80 00 00 00 00', 'bad-value'],
    ['longer than there is', '30 82 ff ff 00', 'truncated'],
    ['a length of 126 octets', `30 fe ${'ff'.repeat(126)}`, 'truncated'],
  ])('%s', ([, bytes, code]) => {
    refuses(() => open(hex(bytes)), code);
  });

  test('depth costs nothing', () => {
    const deep = new Uint8Array(2_000_000).fill(0xa0);
    deep[0] = SEQUENCE;
    for (let at = 1; at < deep.length; at += 2) deep[at] = 0x80;
    refuses(() => open(deep), 'truncated');
  });
});
