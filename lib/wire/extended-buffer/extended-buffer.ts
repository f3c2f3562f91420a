/**
 * Extended buffers: what holds the ROPs and the auxiliary blocks, of MAPI over HTTP and of EMSMDB alike. One or more blocks, each behind a
 * header that says whether it is compressed or obfuscated. [MS-OXCRPC] 2.2.2.1, 3.1.4.1.1
 */
import type { ByteReader } from '../bytes/reader.ts';
import type { ByteWriter } from '../bytes/writer.ts';
import type { WirePlace } from '../error.ts';
import { decompress } from './lz77.ts';

const SPEC = '[MS-OXCRPC] 2.2.2.1';

/** RPC_HEADER_EXT.Flags */
const FLAG = { compressed: 1, xorMagic: 2, last: 4 } as const;
const KNOWN_FLAGS = FLAG.compressed | FLAG.xorMagic | FLAG.last;

/** A payload MUST NOT be larger, compressed or not. 3.1.4.1.1 */
export const MAX_PAYLOAD = 32 * 1024;
/** A server answers with 256 KiB at most (pcbOut of EcDoRpcExt2); unpacked, it may be somewhat more. */
export const MAX_TOTAL = 1024 * 1024;
/** Of payloads of usual size, 256 KiB are far fewer. */
export const MAX_BLOCKS = 256;

/** Reads all that a payload holds; what it leaves over is refused. */
export type PayloadReader<T> = (payload: ByteReader) => T;
/** Writes all that a payload holds. */
export type PayloadWriter = (payload: ByteWriter) => void;

/** Takes a payload as it is. */
export const octets: PayloadReader<Uint8Array> = (payload) => payload.bytes('octets', payload.remaining);

/**
 * Reads an extended buffer that fills this many octets, in as many blocks as it has.
 * @param read is called for the payload of each block
 * @throws WireError
 */
export function readExtendedBuffer<T>(reader: ByteReader, name: string, length: number, read: PayloadReader<T>): T[] {
  const payloads: T[] = [];
  if (length === 0) return payloads;
  let total = 0;
  let isLast = false;
  const blocks = (): void => {
    while (!isLast) {
      if (payloads.length === MAX_BLOCKS) throw reader.fault('too-large', '', `more than ${MAX_BLOCKS} blocks`);
      const block = reader.group(`[${payloads.length}]`, () => readBlock(reader, MAX_TOTAL - total, read));
      payloads.push(block.payload);
      total += block.size;
      isLast = block.isLast;
    }
  };
  reader.window(name, length, blocks, SPEC);
  return payloads;
}

interface Block<T> {
  readonly payload: T;
  /** Unpacked. */
  readonly size: number;
  readonly isLast: boolean;
}

function readBlock<T>(reader: ByteReader, room: number, read: PayloadReader<T>): Block<T> {
  const version = reader.u16('version');
  if (version !== 0) throw reader.fault('bad-value', 'version', `${version}, where 0 belongs`, reader.offset - 2);
  const flags = reader.u16('flags', flagWords);
  if ((flags & ~KNOWN_FLAGS) !== 0)
    throw reader.fault('bad-value', 'flags', 'a flag that is not known', reader.offset - 2);
  const isCompressed = (flags & FLAG.compressed) !== 0;
  const isObfuscated = (flags & FLAG.xorMagic) !== 0;
  const packed = reader.u16('size');
  const size = reader.u16('sizeActual');
  if (Math.max(packed, size) > MAX_PAYLOAD)
    throw reader.fault('too-large', 'size', `more than ${MAX_PAYLOAD} bytes`, reader.offset - 4);
  if (size > room) throw reader.fault('too-large', 'size', `all blocks together hold more than ${MAX_TOTAL} bytes`);
  if (!isCompressed && packed !== size)
    throw reader.fault('bad-value', 'sizeActual', `${size} of ${packed} bytes that are not compressed`);
  const open = (bytes: Uint8Array, place: WirePlace): Uint8Array => {
    const plain = isObfuscated ? deobfuscate(bytes) : bytes;
    return isCompressed ? decompress(plain, size, place) : plain;
  };
  const how = [isObfuscated && 'XOR', isCompressed && 'LZ77'].filter((each) => each !== false).join(', ');
  const payload =
    how === ''
      ? reader.window('payload', packed, () => read(reader))
      : reader.packed('payload', packed, open, read, how);
  return { payload, size, isLast: (flags & FLAG.last) !== 0 };
}

function flagWords(flags: number): string {
  const names = [
    ...((flags & FLAG.compressed) === 0 ? [] : ['Compressed']),
    ...((flags & FLAG.xorMagic) === 0 ? [] : ['XorMagic']),
    ...((flags & FLAG.last) === 0 ? [] : ['Last']),
  ];
  return names.join(', ');
}

/** Every octet with A5h: against a glance, not against anybody who wants to read it. 3.1.4.1.1.3 */
const deobfuscate = (bytes: Uint8Array): Uint8Array => bytes.map((octet) => octet ^ 0xa5);

/**
 * Writes an extended buffer, neither compressed nor obfuscated: one block for each payload. Without payloads, nothing.
 * @throws RangeError where a payload is larger than `MAX_PAYLOAD`
 */
export function writeExtendedBuffer(writer: ByteWriter, name: string, payloads: readonly PayloadWriter[]): void {
  const block = (write: PayloadWriter, index: number): void => {
    writer.u16('version', 0);
    writer.u16('flags', index === payloads.length - 1 ? FLAG.last : 0, flagWords);
    const setSize = writer.later('size', 2);
    const setSizeActual = writer.later('sizeActual', 2);
    const start = writer.offset;
    writer.group('payload', () => write(writer));
    const size = writer.offset - start;
    if (size > MAX_PAYLOAD) throw new RangeError(`a payload of ${size} bytes, more than ${MAX_PAYLOAD}`);
    setSize(size);
    setSizeActual(size);
  };
  writer.group(name, () => {
    for (const [index, write] of payloads.entries()) writer.group(`[${index}]`, () => block(write, index));
  });
}
