/** Plain LZ77 (DIRECT2) as extended buffers have it. [MS-OXCRPC] 3.1.4.1.1.2, [MS-XCA] 2.3, 2.4 */
import { join, NotReadable, Reader, u8, u16 } from './bytes.ts';

const WINDOW = 8192;
const SHORTEST = 3;
/** Long enough for every form of a length. */
const LONGEST = 65_538;

/** Greedy, and looks at one earlier place only: the last one that began with the same three bytes. */
export function compress(plain: Uint8Array): Buffer {
  const out = new Elements();
  const last = new Map<number, number>();
  for (let at = 0; at < plain.length; ) {
    const length = matchAt(plain, at, last);
    const from = last.get(keyAt(plain, at)) ?? 0;
    if (length === 0) out.literal(plain[at] ?? 0);
    else out.match(at - from, length);
    const next = at + Math.max(length, 1);
    for (; at < next; at++) last.set(keyAt(plain, at), at);
  }
  return out.bytes();
}

const keyAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);

function matchAt(plain: Uint8Array, at: number, last: ReadonlyMap<number, number>): number {
  const from = last.get(keyAt(plain, at));
  if (from === undefined || at - from > WINDOW || at + SHORTEST > plain.length) return 0;
  let length = 0;
  // A match may run into itself.
  while (length < LONGEST && at + length < plain.length && plain[from + length] === plain[at + length]) length++;
  return length < SHORTEST ? 0 : length;
}

/** Literals and matches behind masks of 32 bits, the most significant first; a 1 is a match, and ends the stream if nothing follows. */
class Elements {
  readonly #parts: Buffer[] = [];
  #mask = Buffer.alloc(4);
  #count = 0;
  /** The byte whose high half is free for the next long length. */
  #half: Buffer | null = null;

  literal(byte: number): void {
    this.#flag(0);
    this.#parts.push(u8(byte));
  }

  match(distance: number, length: number): void {
    this.#flag(1);
    const code = length - SHORTEST;
    this.#parts.push(u16(((distance - 1) << 3) | Math.min(code, 7)));
    if (code < 7) return;
    this.#nibble(Math.min(code - 7, 15));
    if (code < 22) return;
    this.#parts.push(u8(Math.min(code - 22, 255)));
    if (code >= 277) this.#parts.push(u16(code));
  }

  bytes(): Buffer {
    for (this.#flag(1); this.#count % 32 !== 0; ) this.#flag(1);
    return join(...this.#parts);
  }

  #flag(bit: 0 | 1): void {
    if (this.#count % 32 === 0) {
      this.#mask = Buffer.alloc(4);
      this.#parts.push(this.#mask);
    }
    if (bit === 1) this.#mask.writeUInt32LE((this.#mask.readUInt32LE() | (1 << (31 - (this.#count % 32)))) >>> 0);
    this.#count++;
  }

  #nibble(value: number): void {
    if (this.#half) {
      this.#half[0] = (this.#half[0] ?? 0) | (value << 4);
      this.#half = null;
      return;
    }
    this.#half = u8(value);
    this.#parts.push(this.#half);
  }
}

/** @param size what has to come out */
export function decompress(packed: Uint8Array, size: number): Buffer {
  const plain = Buffer.alloc(size);
  const reader = new Reader(packed);
  const length = lengthReader(reader);
  for (let at = 0, mask = 0, left = 0; at < size; left--) {
    if (left === 0) [mask, left] = [reader.u32(), 32];
    const isMatch = (mask >>> (left - 1)) & 1;
    if (!isMatch) {
      plain[at++] = reader.u8();
      continue;
    }
    const word = reader.u16();
    const [distance, count] = [(word >> 3) + 1, length(word & 7)];
    if (distance > at || at + count > size) throw new NotReadable('A match leads out of the buffer.');
    for (const end = at + count; at < end; at++) plain[at] = plain[at - distance] ?? 0;
  }
  return plain;
}

function lengthReader(reader: Reader): (code: number) => number {
  let half: number | null = null;
  const nibble = (): number => {
    const byte = half ?? reader.u8();
    const value = half === null ? byte & 15 : byte >> 4;
    half = half === null ? byte : null;
    return value;
  };
  return (code) => {
    if (code < 7) return code + SHORTEST;
    const more = nibble();
    if (more < 15) return 7 + more + SHORTEST;
    const byte = reader.u8();
    return (byte < 255 ? 22 + byte : reader.u16() || reader.u32()) + SHORTEST;
  };
}
