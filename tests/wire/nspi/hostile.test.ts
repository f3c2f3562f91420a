/** Answers that claim more than they hold: refused at once, with nothing made for what they claim. */
import { describe, expect, test } from 'vitest';
import { Trace } from '#lib/wire/bytes/trace.ts';
import { WireError } from '#lib/wire/error.ts';
import { MOST_TAGS, MOST_VALUES } from '#lib/wire/nspi/http/rows.ts';
import {
  decodeGetSpecialTableResponse,
  decodeQueryColumnsResponse,
  decodeQueryRowsResponse,
} from '#lib/wire/nspi/http/tables.ts';
import { mutateBytes } from '#tests/fuzz/mutate.ts';
import { seededRandom } from '#tests/lab/random.ts';
import { joined } from '#tests/wire/extended-buffer/blocks.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';
import { refuses } from '#tests/wire/x509/complaint.ts';
import { BODIES, COLUMNS, NO_AUXILIARY, OK } from './bodies.ts';

const u32 = (value: number): string => digits(new Uint8Array(Uint32Array.of(value).buffer));
const FEW = '00'.repeat(16);

describe('counts of 2^32', () => {
  test.for<readonly [what: string, path: string, digits: string, decode: (bytes: Uint8Array) => unknown]>([
    ['rows of a table', 'rowCount', `${OK} 00 ff ${COLUMNS} ffffffff ${FEW}`, decodeQueryRowsResponse],
    ['columns', 'propertyTagCount', `${OK} 00 ff ffffffff ${FEW}`, decodeQueryRowsResponse],
    ['tags', 'propertyTagCount', `${OK} ff ffffffff ${FEW}`, decodeQueryColumnsResponse],
    ['rows of a list', 'rowsCount', `${OK} e4040000 00 ff ffffffff ${FEW}`, decodeGetSpecialTableResponse],
    ['values', 'propertyValueCount', `${OK} e4040000 00 ff 01000000 ffffffff ${FEW}`, decodeGetSpecialTableResponse],
  ])('%s', ([, path, bytes, decode]) => {
    refuses(() => decode(hex(bytes)), 'too-large', path);
  });

  test('octets of the auxiliary buffer', () => {
    refuses(() => decodeQueryColumnsResponse(hex(`${OK} 00 ffffffff ${FEW}`)), 'truncated');
  });
});

describe('tags', () => {
  const body = (count: number): Uint8Array =>
    joined(hex(`${OK} ff ${u32(count)}`), new Uint8Array(count * 4), hex(NO_AUXILIARY));

  test('as many as the document allows, and one more', () => {
    expect(decodeQueryColumnsResponse(body(MOST_TAGS))).toMatchObject({ kind: 'answered' });
    refuses(() => decodeQueryColumnsResponse(body(MOST_TAGS + 1)), 'too-large', 'propertyTagCount');
  });
});

describe('values that take no octets', () => {
  /** A table of objects: a row of any width is one octet. */
  const table = (columns: number, rows: number): Uint8Array => {
    const tags = new Uint8Array(Uint32Array.from({ length: columns }, () => 0x8000000d).buffer);
    const head = [hex(`${OK} 00 ff ${u32(columns)}`), tags, hex(u32(rows))];
    return joined(...head, new Uint8Array(rows), hex(NO_AUXILIARY));
  };

  test('are as many as a table may have, and no more', () => {
    expect(decodeQueryRowsResponse(table(1_000, MOST_VALUES / 1_000))).toMatchObject({ kind: 'answered' });
    refuses(() => decodeQueryRowsResponse(table(1_000, MOST_VALUES / 1_000 + 1)), 'too-large', 'rowCount');
    refuses(() => decodeQueryRowsResponse(table(MOST_TAGS, 1_000_000)), 'too-large', 'rowCount');
  });

  test('are as many as all lists together may have', () => {
    const half = joined(hex(u32(MOST_VALUES / 2)), new Uint8Array(new Uint32Array(MOST_VALUES / 2).fill(1).buffer));
    const lists = (count: number, rest: Uint8Array): Uint8Array => {
      const head = hex(`${OK} e4040000 00 ff ${u32(count)}`);
      return joined(head, half, half, rest, hex(NO_AUXILIARY));
    };
    expect(decodeGetSpecialTableResponse(lists(2, new Uint8Array()))).toMatchObject({ kind: 'answered' });
    refuses(() => decodeGetSpecialTableResponse(lists(3, hex('01000000 01000000'))), 'too-large', 'rows');
  });
});

test.for(Object.entries(BODIES))('damage to %s is told as such', ([name, [bytes, decode]]) => {
  const random = seededRandom(`nspi ${name}`);
  for (let round = 0; round < 300; round += 1) {
    const damaged = mutateBytes(mutateBytes(hex(bytes), random), random);
    try {
      decode(damaged, new Trace());
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      expect(error.offset).toBeLessThanOrEqual(damaged.length);
      expect(error.reason.length + error.path.length).toBeLessThanOrEqual(400);
    }
  }
});
