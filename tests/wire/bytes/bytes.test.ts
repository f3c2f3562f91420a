/** Fields by name: both directions, what is wrong and where, and the tree that is left behind. */
import { describe, expect, test } from 'vitest';
import { ByteReader } from '#lib/wire/bytes/reader.ts';
import { type FieldNote, Trace } from '#lib/wire/bytes/trace.ts';
import { ByteWriter, fitsAsciiz } from '#lib/wire/bytes/writer.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';
import { refuses } from '#tests/wire/x509/complaint.ts';

const reader = (bytes: Uint8Array | string, trace?: Trace): ByteReader =>
  new ByteReader(typeof bytes === 'string' ? hex(bytes) : bytes, { path: 'message', spec: 'test', trace });

const GUID = '00112233-4455-6677-8899-aabbccddeeff';
const ALL =
  '01 0302 07060504 1234 feffffff 0807060504030201 33221100554477668899aabbccddeeff 41e400 4100f6000000 aabb 00000000';

/** Every kind of field once. */
function write(trace?: Trace): Uint8Array {
  const writer = new ByteWriter(trace).u8('one', 1).u16('two', 0x0203).u32('four', 0x04050607).u16be('port', 0x1234);
  writer.i32('delta', -2).u64('id', 0x0102030405060708n).guid('guid', `{${GUID}}`).asciiz('narrow', 'Aä');
  writer.group('names', () => writer.utf16z('wide', 'Aö').bytes('rest', hex('aabb')));
  return writer.u32('end', 0).done();
}

function read(bytes: Uint8Array, trace?: Trace): unknown[] {
  const from = reader(bytes, trace);
  const fields: unknown[] = [from.u8('one'), from.u16('two'), from.u32('four'), from.u16be('port'), from.i32('delta')];
  fields.push(from.u64('id'), from.guid('guid'), from.asciiz('narrow'));
  fields.push(...from.group('names', () => [from.utf16z('wide'), digits(from.bytes('rest', 2))]), from.u32('end'));
  from.end();
  return fields;
}

describe('every kind of field', () => {
  test('both ways', () => {
    expect(digits(write())).toBe(digits(hex(ALL)));
    expect(read(hex(ALL))).toEqual([
      ...[1, 0x0203, 0x04050607, 0x1234, -2, 0x0102030405060708n, GUID, 'Aä', 'Aö', 'aabb', 0],
    ]);
  });

  test('cut at every octet, and with one more', () => {
    const bytes = hex(ALL);
    for (let length = 0; length < bytes.length; length++)
      expect(refuses(() => read(bytes.subarray(0, length)), 'truncated').offset).toBeLessThanOrEqual(length);
    expect(refuses(() => read(hex(`${ALL} 00`)), 'trailing', 'message').offset).toBe(bytes.length);
  });

  test('writer and reader leave the same tree', () => {
    const [written, seen] = [new Trace(), new Trace()];
    read(write(written), seen);
    expect(written.fields).toEqual(seen.fields);
    expect(seen.fields.map(({ name, offset, length }) => `${name} ${offset}+${length}`)).toEqual([
      ...['one 0+1', 'two 1+2', 'four 3+4', 'port 7+2', 'delta 9+4', 'id 13+8', 'guid 21+16', 'narrow 37+3'],
      ...['names 40+8', 'end 48+4'],
    ]);
    expect(seen.fields.at(-2)?.children.map(({ value }) => value)).toEqual(['"Aö"', 'aabb']);
    expect(seen.fields[2]?.value).toBe('0x04050607 (67438087)');
  });
});

describe('the writer refuses what its field cannot hold', () => {
  test.each<[string, (writer: ByteWriter) => unknown]>([
    ['256 in an octet', (writer) => writer.u8('a', 256)],
    ['a negative number', (writer) => writer.u16('a', -1)],
    ['a fraction', (writer) => writer.u32('a', 0.5)],
    ['a character of 16 bits', (writer) => writer.asciiz('a', 'Łódź')],
    ['a NUL inside', (writer) => writer.utf16z('a', 'a\0b')],
    ['no GUID', (writer) => writer.guid('a', 'abc')],
    ['a size that is known too late', (writer) => writer.later('a', 2)(65_536)],
  ])('%s', (_what, use) => {
    expect(() => use(new ByteWriter())).toThrow(RangeError);
  });

  test('what can be said in 8 bits', () => {
    expect(['', 'cn=Müller', 'cn=\u{ff}'].every(fitsAsciiz)).toBe(true);
    expect(['a\0', 'Łódź', 'cn=🙂', '\u{100}'].some(fitsAsciiz)).toBe(false);
  });
});

test('a number that comes later stands in its place, in the tree too', () => {
  const trace = new Trace();
  const writer = new ByteWriter(trace);
  const set = writer.later('size', 2);
  writer.bytes('contents', new Uint8Array(300)).align(8);
  set(writer.offset);
  expect(digits(writer.done().subarray(0, 2))).toBe('3001');
  expect(trace.fields.map(({ name, value }) => `${name} ${value}`)).toEqual([
    ...['size 0x0130 (304)', `contents ${'00'.repeat(16)}… (300 bytes)`, 'padding 0000'],
  ]);
});

test('a count is refused before anything is made for it', () => {
  expect(reader('0200 aabb').count('values', 2, 1)).toBe(2);
  expect(refuses(() => reader('ffffffff 00').count('values', 4, 1), 'truncated', 'message.values').offset).toBe(0);
  refuses(() => reader('0300 aabbcc').count('values', 2, 1, 2), 'too-large', 'message.values');
});

describe('windows', () => {
  test('nothing beyond them is read, and nothing of them is left', () => {
    const inside = (length: number, use: (from: ByteReader) => unknown) => () => {
      const from = reader('41 42 00 43 00');
      return from.window('part', length, () => use(from));
    };
    expect(inside(3, (from) => from.asciiz('text'))()).toBe('AB');
    expect(
      refuses(
        inside(2, (from) => from.asciiz('text')),
        'truncated',
        'message.part.text',
      ).offset,
    ).toBe(2);
    expect(
      refuses(
        inside(4, (from) => from.asciiz('text')),
        'trailing',
        'message.part',
      ).offset,
    ).toBe(3);
    refuses(
      inside(6, (from) => from.asciiz('text')),
      'truncated',
      'message.part',
    );
    refuses(
      inside(-1, (from) => from.u8('a')),
      'bad-value',
      'message.part',
    );
  });

  test('what is wrong inside of a loose one harms nobody behind it', () => {
    const from = reader('ff ff 07');
    const value = from.loose(
      'part',
      2,
      () => from.u32('number'),
      ({ path, code }) => `${path}: ${code}`,
    );
    expect(value).toBe('message.part.number: truncated');
    expect(from.u8('next')).toBe(7);
    from.end();
    const bug = (): never => {
      throw new TypeError('ours');
    };
    expect(() => from.loose('part', 0, bug, () => null)).toThrow(TypeError);
  });

  test('jumps stay inside', () => {
    const from = reader('99 04 02 4142 00 99');
    from.u8('before');
    const text = from.loose(
      ...(['part', 5, () => [from.u8('length'), from.jump('text', from.u8('at'), () => from.asciiz('text'))]] as const),
      (error) => error,
    );
    expect(text).toEqual([4, 'AB']);
    expect(from.u8('behind')).toBe(0x99);
    const outside = reader('09 99');
    refuses(
      () => outside.window('part', 1, () => outside.jump('text', outside.u8('at'), () => 0)),
      'bad-value',
      'text',
    );
    const across = reader('00 4142');
    refuses(() => across.window('part', 2, () => across.jump('text', 1, () => across.u16('text'))), 'truncated');
  });
});

describe('layers', () => {
  const flip = (bytes: Uint8Array): Uint8Array => bytes.map((octet) => octet ^ 0xff);
  const unpacked = (from: ByteReader): number => from.packed('packed', 4, flip, (inner) => inner.u32('number'), 'flip');

  test('stand beneath the octets that were packed', () => {
    const trace = new Trace();
    const from = reader('aa fefffffe', trace);
    from.u8('first');
    expect(unpacked(from)).toBe(0x01000001);
    expect(trace.fields[1]).toMatchObject({
      ...{ name: 'packed', offset: 1, length: 4, value: 'fefffffe' },
      layer: { name: 'flip', bytes: hex('01000001'), fields: [{ name: 'number', offset: 0, length: 4 }] },
    });
  });

  test('are named in what is wrong with them', () => {
    const from = reader('fefffffe');
    const half = () => from.packed('packed', 4, flip, (inner) => inner.u16('half'), 'flip');
    expect(refuses(half, 'trailing', 'message.packed(flip)').offset).toBe(2);
  });

  test('have a share in the limit of fields, not one of their own', () => {
    const trace = new Trace();
    const from = reader(new Uint8Array(60_000), trace);
    while (!from.isEmpty)
      from.packed(
        'packed',
        100,
        flip,
        (inner) => inner.group('all', () => new Array(100).fill(0).map(() => inner.u8('a'))),
        'x',
      );
    expect(trace.isCut).toBe(true);
    expect(count(trace.fields)).toBe(4_000);
  });
});

const count = (fields: readonly FieldNote[]): number =>
  fields.reduce((sum, { children, layer }) => sum + 1 + count(children) + count(layer?.fields ?? []), 0);

test('fields before a mistake are in the tree, and long values are cut', () => {
  const trace = new Trace();
  const from = reader(Uint8Array.from([...Buffer.from('x'.repeat(1_000)), 0, 1]), trace);
  refuses(() => from.group('outer', () => [from.asciiz('text'), from.u32('number')]), 'truncated', 'outer.number');
  expect(trace.fields).toMatchObject([{ name: 'outer', children: [{ name: 'text', length: 1_001 }] }]);
  expect(trace.fields[0]?.children[0]?.value).toHaveLength(300);
});
