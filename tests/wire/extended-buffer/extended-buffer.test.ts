/** Blocks of extended buffers: plain, obfuscated, compressed, several; and whatever else might come. */
import { describe, expect, test } from 'vitest';
import { ByteReader } from '#lib/wire/bytes/reader.ts';
import { Trace } from '#lib/wire/bytes/trace.ts';
import { ByteWriter } from '#lib/wire/bytes/writer.ts';
import {
  MAX_BLOCKS,
  MAX_PAYLOAD,
  octets,
  readExtendedBuffer,
  writeExtendedBuffer,
} from '#lib/wire/extended-buffer/extended-buffer.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';
import { refuses } from '#tests/wire/x509/complaint.ts';
import { block, joined } from './blocks.ts';
import { compress } from './compressor.ts';

function read(bytes: Uint8Array, trace?: Trace): Uint8Array[] {
  const reader = new ByteReader(bytes, { path: 'message', spec: 'test', trace });
  const payloads = readExtendedBuffer(reader, 'buffer', bytes.length, octets);
  reader.end();
  return payloads;
}
const texts = (bytes: Uint8Array): string[] => read(bytes).map((each) => Buffer.from(each).toString());

function written(...payloads: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter();
  const writes = payloads.map((payload) => (inner: ByteWriter) => void inner.bytes('octets', payload));
  writeExtendedBuffer(writer, 'buffer', writes);
  return writer.done();
}

const LONG = 'the same again and again, the same again and again';

describe('one block', () => {
  test('plain, both ways', () => {
    const bytes = hex('0000 0400 0300 0300 616263');
    expect(texts(bytes)).toEqual(['abc']);
    expect(digits(written(Buffer.from('abc')))).toBe(digits(bytes));
  });
  test('obfuscated', () => {
    expect(texts(hex('0000 0600 0300 0300 c4c7c6'))).toEqual(['abc']);
  });
  test('compressed', () => {
    expect(texts(block(Buffer.from(LONG), { isCompressed: true }))).toEqual([LONG]);
  });
  test('compressed and then obfuscated', () => {
    expect(texts(block(Buffer.from(LONG), { isCompressed: true, isObfuscated: true }))).toEqual([LONG]);
  });
  test('of 32 KiB, and no more', () => {
    expect(read(written(new Uint8Array(MAX_PAYLOAD)))[0]).toHaveLength(MAX_PAYLOAD);
    expect(() => written(new Uint8Array(MAX_PAYLOAD + 1))).toThrow(RangeError);
    refuses(() => read(hex('0000 0400 0180 0180')), 'too-large', 'buffer[0].size');
    refuses(() => read(hex('0000 0500 0100 0180 00')), 'too-large', 'buffer[0].size');
  });
});

test('none at all', () => {
  expect(read(new Uint8Array())).toEqual([]);
  expect(written()).toHaveLength(0);
});

test('several blocks, each in its own way', () => {
  const bytes = joined(
    block(Buffer.from('one'), { isLast: false }),
    block(Buffer.from(LONG), { isLast: false, isCompressed: true }),
    block(Buffer.from('three'), { isObfuscated: true }),
  );
  expect(texts(bytes)).toEqual(['one', LONG, 'three']);
  expect(texts(written(Buffer.from('a'), Buffer.from('b')))).toEqual(['a', 'b']);
});

test('the trace has the layer beneath what was packed', () => {
  const trace = new Trace();
  const bytes = block(Buffer.from(LONG), { isCompressed: true, isObfuscated: true });
  read(bytes, trace);
  const payload = trace.fields[0]?.children[0]?.children.at(-1);
  expect(payload).toMatchObject({
    ...{ name: 'payload', offset: 8, length: bytes.length - 8 },
    layer: { name: 'XOR, LZ77', fields: [{ name: 'octets', offset: 0, length: LONG.length }] },
  });
  expect(Buffer.from(payload?.layer?.bytes ?? []).toString()).toBe(LONG);
});

describe('refused', () => {
  test.each([
    ['another version', '0100 0400 0000 0000', 'bad-value', '[0].version', 0],
    ['a flag that is not known', '0000 0c00 0000 0000', 'bad-value', '[0].flags', 2],
    ['sizes that differ without compression', '0000 0400 0100 0200 00', 'bad-value', '[0].sizeActual', 8],
    ['more octets than there are', '0000 0400 0200 0200 00', 'truncated', '[0].payload', 8],
    ['octets behind the last block', '0000 0400 0100 0100 00 00', 'trailing', '', 9],
    ['no last block', '0000 0000 0100 0100 00', 'truncated', '[1].version', 9],
  ] as const)('%s', (_what, bytes, code, path, offset) => {
    expect(refuses(() => read(hex(bytes)), code, path).offset).toBe(offset);
  });

  test('cut at every octet', () => {
    const bytes = joined(
      block(Buffer.from('one'), { isLast: false }),
      block(Buffer.from(LONG), { isCompressed: true }),
    );
    for (let length = 1; length < bytes.length; length++)
      expect(refuses(() => read(bytes.subarray(0, length)), 'truncated').offset).toBeLessThanOrEqual(length);
  });

  test('a mistake in what is compressed stands at its place in the message', () => {
    const bytes = joined(hex('0000 0500 0700 2000'), hex('00000040 61 0800'));
    expect(refuses(() => read(bytes), 'bad-value', 'buffer[0].payload').offset).toBe(15);
  });

  test('blocks without end', () => {
    const empty = hex('0000 0000 0000 0000');
    refuses(() => read(joined(...Array(MAX_BLOCKS + 1).fill(empty))), 'too-large', 'buffer');
  });

  test('little that unpacks to very much', () => {
    const bomb = block(new Uint8Array(MAX_PAYLOAD), { isLast: false, isCompressed: true });
    expect(bomb.length).toBeLessThan(40);
    refuses(() => read(joined(...Array(40).fill(bomb))), 'too-large', 'buffer[32].size');
  });
});

test('the compressor of these tests compresses', () => {
  expect(compress(Buffer.from(LONG)).length).toBeLessThan(LONG.length);
});
