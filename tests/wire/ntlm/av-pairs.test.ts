/** Lists of attributes and values, honest and not. */
import { describe, expect, test } from 'vitest';
import { WireError } from '#lib/wire/error.ts';
import {
  AV_ID,
  type AvName,
  type AvPair,
  avFlags,
  avText,
  avValue,
  decodeAvPairs,
  encodeAvPairs,
  flagsPair,
  MAX_AV_PAIRS,
  textPair,
} from '#lib/wire/ntlm/av-pairs.ts';
import { seededRandom } from '#tests/lab/random.ts';
import { digits, hex } from './published.ts';

const PLACE = { path: 'pairs', offset: 100 };
const read = (bytes: Uint8Array): AvPair[] => decodeAvPairs(bytes, PLACE);

function complaint(bytes: Uint8Array): string | null {
  try {
    read(bytes);
    return null;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return `${error.code} ${error.path} ${error.offset}`;
  }
}

test('keeps order, unknown ones and repeated ones', () => {
  const bytes = '0b000300616263 0100020041000100020042000700080011223344556677880000 0000';
  const pairs = read(hex(bytes));
  expect(pairs.map(({ id }) => id)).toEqual([11, 1, 1, 7]);
  expect(digits(encodeAvPairs(pairs))).toBe(digits(hex(bytes)));
  expect(avText(pairs, 'netbiosComputer')).toBe('A');
  expect(avValue(pairs, 'channelBindings')).toBeNull();
});

test('flags are one number', () => {
  expect(avFlags([flagsPair(0x80000002)])).toBe(0x80000002);
  expect(avFlags([])).toBe(0);
});

test.each([
  ['nothing at all', '', 'truncated pairs[0] 100'],
  ['half a header', '010002', 'truncated pairs[0] 100'],
  ['no end', '01000200 4100', 'truncated pairs[1] 106'],
  ['a length past the end', '01000200 4100 0200ffff 4100', 'truncated pairs[1] 106'],
  ['half a character', '01000300 414243 00000000', 'bad-value pairs[0] 100'],
  ['a short time', '07000400 00000000 00000000', 'bad-value pairs[0] 100'],
  ['flags of two bytes', '06000200 0000 00000000', 'bad-value pairs[0] 100'],
  ['a binding of another hash', '0a000200 0000 00000000', 'bad-value pairs[0] 100'],
])('%s is told with its place', (_what, bytes, expected) => {
  expect(complaint(hex(bytes))).toBe(expected);
});

describe('its size', () => {
  const filled = (length: number): Uint8Array => encodeAvPairs([{ id: 99, value: new Uint8Array(length - 8) }]);

  test('is limited', () => {
    expect(read(filled(MAX_AV_PAIRS))).toHaveLength(1);
    expect(complaint(filled(MAX_AV_PAIRS + 1))).toBe('too-large pairs[0] 100');
    expect(complaint(new Uint8Array(65_535).fill(1))).toBe('too-large pairs[0] 100');
  });

  test('may be used up by empty pairs', () => {
    const endless = new Uint8Array(MAX_AV_PAIRS).map((_, at) => (at % 4 === 0 ? 5 : 0));
    expect(complaint(endless)).toBe(`truncated pairs[${MAX_AV_PAIRS / 4}] ${100 + MAX_AV_PAIRS}`);
  });

  test('of one value has 16 bits', () => {
    expect(() => encodeAvPairs([{ id: 1, value: new Uint8Array(65_536) }])).toThrow(RangeError);
  });
});

test('what is written is read', () => {
  const random = seededRandom('av pairs');
  for (let round = 0; round < 500; round++) {
    const pairs = Array.from({ length: random.below(12) }, (): AvPair => {
      const name = random.pick<AvName>(['netbiosComputer', 'dnsTree', 'targetName']);
      if (random.below(2) === 0)
        return textPair(name, String.fromCharCode(...Array(random.below(9)).fill(random.below(65_536))));
      const id = 11 + random.below(60_000);
      return { id, value: new Uint8Array(random.below(40)).map(() => random.below(256)) };
    });
    expect(read(encodeAvPairs(pairs))).toEqual(pairs);
  }
  expect(Object.values(AV_ID)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});
