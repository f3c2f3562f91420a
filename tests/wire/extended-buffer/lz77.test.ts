/** Decompression, by published vectors, by a compressor of the tests' own, and by what a hostile server would send. */
import { describe, expect, test } from 'vitest';
import { decompress } from '#lib/wire/extended-buffer/lz77.ts';
import { seededRandom } from '#tests/lab/random.ts';
import { hex } from '#tests/wire/ntlm/published.ts';
import { refuses } from '#tests/wire/x509/complaint.ts';
import { compress } from './compressor.ts';

const PLACE = { path: 'payload', offset: 100, spec: 'test' };
const unpack = (packed: Uint8Array, size: number): Uint8Array => decompress(packed, size, PLACE);
const text = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1');

// [MS-XCA] 3
describe('published vectors', () => {
  test('the alphabet, without any match', () => {
    const packed = hex('3f000000 6162636465666768696a6b6c6d6e6f707172737475767778797a');
    expect(text(unpack(packed, 26))).toBe('abcdefghijklmnopqrstuvwxyz');
  });
  test('one long match that overlaps itself', () => {
    expect(text(unpack(hex('ffffff1f 616263 1700 0f ff 2601'), 300))).toBe('abc'.repeat(100));
  });
});

describe('lengths', () => {
  const matchOf = (length: number): string => `a${'a'.repeat(length)}b`;
  test.each([3, 9, 10, 24, 25, 279, 280, 281, 5_000, 32_000])('a match of %i', (length) => {
    const plain = matchOf(length);
    expect(text(unpack(compress(Buffer.from(plain)), plain.length))).toBe(plain);
  });

  test('two matches share the halves of one octet, and a third has a new one', () => {
    // Literal a, matches with the nibbles 1, 2 and 3 behind length 7, each one back.
    const packed = hex('ffffff7f 61 0700 21 0700 0700 03');
    expect(text(unpack(packed, 1 + 11 + 12 + 13))).toBe('a'.repeat(37));
  });

  test('one that takes 32 bits, although it need not', () => {
    expect(text(unpack(hex('ffffff7f 61 0700 0f ff 0000 29010000'), 301))).toBe('a'.repeat(301));
  });
});

test('what is compressed comes out again', () => {
  const random = seededRandom('lz77');
  for (let round = 0; round < 200; round++) {
    const kinds = 1 + random.below(20);
    const plain = new Uint8Array(random.below(3_000)).map(() => random.below(kinds));
    expect(unpack(compress(plain), plain.length)).toEqual(plain);
  }
});

describe('hostile', () => {
  const packed = compress(Buffer.from('to be or not to be, that is not to be'.repeat(3)));

  test('cut at every octet', () => {
    for (let length = 0; length < packed.length - 4; length++) {
      const error = refuses(() => unpack(packed.subarray(0, length), 111), 'truncated');
      expect(error.offset).toBe(100 + length);
    }
  });

  test('further back than anything has come out', () => {
    expect(refuses(() => unpack(hex('00000040 61 0800'), 10), 'bad-value').offset).toBe(107);
    refuses(() => unpack(hex('00000080 0000'), 10), 'bad-value');
  });

  test('longer than announced', () => {
    refuses(() => unpack(hex('ffffff1f 616263 1700 0f ff 2601'), 299), 'bad-value');
    refuses(() => unpack(hex('00000000 616263'), 2), 'trailing');
  });

  test('a length that its short forms could have said', () => {
    refuses(() => unpack(hex('ffffff7f 61 0700 0f ff 0500'), 300), 'bad-value');
  });

  test('any octets: an error, or exactly what was announced', () => {
    const random = seededRandom('lz77 noise');
    for (let round = 0; round < 3_000; round++) {
      const noise = new Uint8Array(random.below(60)).map(() => random.below(256));
      const size = random.below(400);
      try {
        expect(unpack(noise, size)).toHaveLength(size);
      } catch (error) {
        refuses(
          () => {
            throw error;
          },
          (error as { code: 'truncated' }).code,
        );
      }
    }
  });

  test('as much as can come out of as little takes no time', () => {
    const bomb = hex('ffffff7f 61 0700 0f ff fc7f');
    const started = performance.now();
    for (let round = 0; round < 200; round++) unpack(bomb, 1 + 0x7ffc + 3);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
