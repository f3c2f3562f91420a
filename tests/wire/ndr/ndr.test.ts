/** NDR itself: where things stand, in which order pointers are followed, and which counts are believed. */
import { describe, expect, test } from 'vitest';
import { Trace } from '#lib/wire/bytes/trace.ts';
import { isNullHandle, NULL_HANDLE } from '#lib/wire/ndr/handle.ts';
import { MOST_ELEMENTS, type NdrReader, readStub } from '#lib/wire/ndr/reader.ts';
import { type NdrWriter, writeStub } from '#lib/wire/ndr/writer.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';
import { complaintOf } from './stubs.ts';

const read = <T>(stub: string, how: (ndr: NdrReader) => T, trace?: Trace): T =>
  readStub(hex(stub), { path: 'call', spec: 'C706', trace }, how);
const written = (how: (ndr: NdrWriter) => unknown): string => digits(writeStub(undefined, (ndr) => void how(ndr)));

describe('alignment', () => {
  test('a number stands at a multiple of its size, whatever lies before it', () => {
    const bytes = '0100 bfbf 02000000 0300 bfbf 00000000aabbccddaabbccddaabbccddaabbccdd';
    const seen = read(bytes, (ndr) => [ndr.u16('a'), ndr.u32('b'), ndr.u16('c'), digits(ndr.handle('h'))]);
    expect(seen).toEqual([1, 2, 3, `00000000${'aabbccdd'.repeat(4)}`]);
  });

  test('ours is zero', () => {
    expect(written((ndr) => ndr.u16('a', 1).u32('b', 2).u16('c', 3).handle('h', NULL_HANDLE))).toBe(
      `0100000002000000030000 00${'00'.repeat(20)}`.replaceAll(' ', ''),
    );
  });

  test('none is needed for octets, and none is written at the end', () => {
    expect(written((ndr) => ndr.text8('name', 'ab').flatUid('ab', '03020100-0504-0706-0809-0a0b0c0d0e0f'))).toBe(
      '0300000000000000030000006162 00 000102030405060708090a0b0c0d0e0f'.replaceAll(' ', ''),
    );
  });
});

describe('strings', () => {
  test.each([
    ['of 8 bits', 'text8', 'zoë', '04000000 00000000 04000000 7a6feb00'],
    ['of 16 bits', 'text16', 'zoë', '04000000 00000000 04000000 7a006f00eb000000'],
    ['beyond the first plane', 'text16', '\u{1f600}', '03000000 00000000 03000000 3dd800de0000'],
    ['that are empty', 'text8', '', '01000000 00000000 01000000 00'],
  ] as const)('%s', (_what, width, text, bytes) => {
    expect(written((ndr) => ndr[width]('name', text))).toBe(digits(hex(bytes)));
    expect(read(bytes, (ndr) => ndr[width]('name'))).toBe(text);
  });

  test.each([
    ['more than there may be', '02000000 00000000 03000000 616200', 'bad-value call.name.actualCount 8'],
    ['not from the start', '03000000 01000000 02000000 6200', 'bad-value call.name.offset 4'],
    ['without an end', '02000000 00000000 02000000 6162', 'bad-value call.name.text 12'],
    ['of 4 GiB', 'ffffffff 00000000 ffffffff 6162', 'truncated call.name.text 12'],
  ])('%s', (_what, bytes, complaint) => {
    expect(complaintOf(() => read(bytes, (ndr) => ndr.text8('name')))).toBe(complaint);
  });

  test('end with the first NUL, and may have no octet at all', () => {
    expect(read('08000000 00000000 05000000 6100626300', (ndr) => ndr.text8('name'))).toBe('a');
    expect(read('00000000 00000000 00000000', (ndr) => ndr.text16('name'))).toBe('');
  });

  test('that cannot be written are refused', () => {
    expect(() => written((ndr) => ndr.text8('name', 'a\0'))).toThrow(RangeError);
    expect(() => written((ndr) => ndr.text8('name', 'ж'))).toThrow(RangeError);
    expect(() => written((ndr) => ndr.text16('name', '\0'))).toThrow(RangeError);
  });
});

describe('pointers', () => {
  /** Two structures, each with a number and a list of strings, as pointers in pointers. */
  const lists = [
    { number: 1, names: ['a', 'bcd'] },
    { number: 2, names: null },
    { number: 3, names: ['e', null] },
  ] as const;
  const bytes = `
    03000000  01000000 00000200  02000000 00000000  03000000 04000200
    02000000  08000200 0c000200  02000000 00000000 02000000 6100 0000  04000000 00000000 04000000 62636400
    02000000  10000200 00000000  02000000 00000000 02000000 6500 0000  2a000000`;

  const readLists = (ndr: NdrReader) => {
    const found = ndr.construct(() =>
      ndr.array('lists', ndr.u32('count'), 8, () => {
        const number = ndr.u32('number');
        const names = ndr.pointer('names', () =>
          ndr.construct(() =>
            ndr.array('each', ndr.u32('maxCount'), 4, () => ndr.pointer('at', () => ndr.text8('text'))),
          ),
        );
        return { number, names };
      }),
    );
    return [
      found.map(({ number, names }) => ({ number, names: names()?.map((name) => name()) ?? null })),
      ndr.u32('last'),
    ];
  };

  test('each is followed behind its construct, with all that belongs to it', () => {
    expect(read(bytes, readLists)).toEqual([lists, 42]);
  });

  test('and written in the same order', () => {
    const stub = written((ndr) =>
      ndr
        .construct(() =>
          ndr
            .u32('count', lists.length)
            .array('lists', lists, ({ number, names }) =>
              ndr
                .u32('number', number)
                .pointer('names', names, (each) =>
                  ndr.construct(() =>
                    ndr
                      .u32('maxCount', each.length)
                      .array('each', each, (name) => ndr.pointer('at', name, (text) => ndr.text8('text', text))),
                  ),
                ),
            ),
        )
        .u32('last', 42),
    );
    expect(stub).toBe(digits(hex(bytes)));
  });

  test('a mistake behind a pointer is named by the place of the pointer', () => {
    const broken = bytes.replace('6500', '6565');
    expect(complaintOf(() => read(broken, readLists))).toBe('bad-value call.lists[2].names.each[0].at.text.text 96');
  });

  test('any number but zero is one', () => {
    const follow = (ndr: NdrReader) => ndr.pointer('outer', () => ndr.pointer('inner', () => ndr.u32('value'))());
    expect(read('01000000 ffffffff 05000000', follow)()).toBe(5);
    expect(read('01000000 00000000', follow)()).toBeNull();
    expect(read('00000000', follow)()).toBeNull();
  });

  test('what is not there yet cannot be asked for', () => {
    expect(() =>
      read('01000000 05000000', (ndr) => ndr.construct(() => ndr.pointer('at', () => ndr.u32('x'))())),
    ).toThrow(/before it was read/);
  });
});

describe('counts', () => {
  test('that the bytes cannot hold are not believed', () => {
    const array = (ndr: NdrReader) => ndr.array('rows', ndr.u32('count'), 12, () => ndr.u32('x'));
    expect(complaintOf(() => read('ffffffff 00000000', array))).toBe('truncated call.rows 4');
  });

  test('are limited, for all arrays together', () => {
    const half = MOST_ELEMENTS / 2;
    const stub = (more: number): Uint8Array => {
      const bytes = Buffer.alloc(8 + 4 * (MOST_ELEMENTS + more));
      bytes.writeUInt32LE(half, 0);
      bytes.writeUInt32LE(half + more, 4 + 4 * half);
      return bytes;
    };
    const two = (ndr: NdrReader): number[] =>
      [0, 1].map(() => ndr.array('rows', ndr.u32('count'), 4, () => ndr.u32('x')).length);
    expect(readStub(stub(0), { path: 'call', spec: 'C706' }, two)).toEqual([half, half]);
    expect(complaintOf(() => readStub(stub(1), { path: 'call', spec: 'C706' }, two))).toBe(
      `too-large call.rows ${8 + 4 * half}`,
    );
  });

  test('that are said twice have to agree', () => {
    expect(complaintOf(() => read('02000000 03000000', (ndr) => ndr.again('count', ndr.u32('maxCount'))))).toBe(
      'bad-value call.count 4',
    );
  });
});

test('the trace has the fields at their places, referents under the pointer’s path', () => {
  const trace = new Trace();
  const bytes = '0100 0000 04000200 02000000 00000000 02000000 6100';
  read(
    bytes,
    (ndr) => {
      ndr.construct(() => ndr.group('row', () => [ndr.u16('number'), ndr.pointer('name', () => ndr.text8('text'))]));
    },
    trace,
  );
  const [row, name] = trace.fields;
  expect(row?.children.map((field) => [field.name, field.offset, field.value])).toEqual([
    ['number', 0, '0x0001'],
    ['padding', 2, '0000'],
    ['name', 4, '0x00020004 (131076) pointer'],
  ]);
  expect(name).toMatchObject({ name: 'row.name', offset: 8, length: 14 });
  expect(name?.children[0]?.children.at(-1)).toMatchObject({ name: 'text', offset: 20, value: '"a"' });
});

test('a handle has twenty octets', () => {
  expect(isNullHandle(NULL_HANDLE)).toBe(true);
  expect(isNullHandle(hex('01'.padStart(40, '0')))).toBe(false);
  expect(() => written((ndr) => ndr.handle('h', new Uint8Array(19)))).toThrow(RangeError);
});
