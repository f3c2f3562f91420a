/** RPC_HEADER_EXT around what travels: ROPs, and auxiliary blocks. [MS-OXCRPC] 2.2.2.1 */
import { join, NotReadable, Reader, u16 } from './bytes.ts';
import { compress, decompress } from './lz77.ts';

const COMPRESSED = 1;
const XOR_MAGIC = 2;
const LAST = 4;

/** What a server may do to a payload, whatever the client asked for. */
export type Packing = 'plain' | 'compressed' | 'xor' | 'both';

/** One block, the last one. What does not get shorter stays as it is. */
export function writePayload(payload: Uint8Array, packing: Packing = 'plain'): Buffer {
  const shorter = packing === 'compressed' || packing === 'both' ? compress(payload) : null;
  const isCompressed = shorter !== null && shorter.length < payload.length;
  const packed = isCompressed ? shorter : payload;
  const isHidden = packing === 'xor' || packing === 'both';
  const flags = LAST | (isCompressed ? COMPRESSED : 0) | (isHidden ? XOR_MAGIC : 0);
  const header = [u16(0), u16(flags), u16(packed.length), u16(payload.length)];
  return join(...header, isHidden ? xored(packed) : packed);
}

/** All blocks joined; null if it is none of this. */
export function readPayload(bytes: Uint8Array): Buffer | null {
  try {
    return readBlocks(new Reader(bytes));
  } catch (error) {
    if (error instanceof NotReadable) return null;
    throw error;
  }
}

function readBlocks(reader: Reader): Buffer {
  const payloads: Buffer[] = [];
  for (let flags = 0; !(flags & LAST); ) {
    if (reader.u16() !== 0) throw new NotReadable('This version is not known.');
    flags = reader.u16();
    const [size, actual] = [reader.u16(), reader.u16()];
    const octets = reader.take(size);
    const packed = flags & XOR_MAGIC ? xored(octets) : octets;
    if (!(flags & COMPRESSED) && size !== actual) throw new NotReadable('The two sizes differ.');
    payloads.push(flags & COMPRESSED ? decompress(packed, actual) : packed);
  }
  reader.end();
  return join(...payloads);
}

const xored = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xa5));
