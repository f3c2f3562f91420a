/** LZ77 in its DIRECT2 encoding: how payloads are compressed. [MS-OXCRPC] 3.1.4.1.1.2, [MS-XCA] 2.4 */
import { WireError, type WireErrorCode, type WirePlace } from '../error.ts';

const SPEC = '[MS-OXCRPC] 3.1.4.1.1.2';

/** A match copies three octets at least. */
const SHORTEST_MATCH = 3;

/**
 * Unpacks into exactly `size` octets, in one pass over what comes out.
 * @param place of what is compressed
 * @throws WireError where it refers to what is not there, or ends before or after so many octets
 */
export function decompress(packed: Uint8Array, size: number, place: WirePlace): Uint8Array {
  const source = new Source(packed, place);
  const out = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    if (!source.isMatch()) {
      out[at] = source.u8();
      at += 1;
      continue;
    }
    const { distance, length } = source.match();
    if (distance > at) throw source.fault('bad-value', `${distance} bytes back, where ${at} have come out`);
    if (length > size - at) throw source.fault('bad-value', `${length} bytes more, where ${size - at} are left`);
    // One by one: what is copied may only just have been written.
    for (const end = at + length; at < end; at += 1) out[at] = out[at - distance] ?? 0;
  }
  source.end();
  return out;
}

/** The compressed octets: masks, and the literals and matches they speak of. */
class Source {
  readonly #bytes: Uint8Array;
  readonly #place: WirePlace;
  #at = 0;
  #mask = 0;
  #maskBits = 0;
  /** Where the octet stands whose upper half is the next nibble; null where a new octet has to be taken. */
  #halfRead: number | null = null;

  constructor(bytes: Uint8Array, place: WirePlace) {
    this.#bytes = bytes;
    this.#place = place;
  }

  /** One bit for each element, 32 of them together before the elements; the highest is the first. */
  isMatch(): boolean {
    if (this.#maskBits === 0) {
      this.#mask = this.u16() + this.u16() * 0x1_0000;
      this.#maskBits = 32;
    }
    this.#maskBits -= 1;
    return ((this.#mask >>> this.#maskBits) & 1) === 1;
  }

  match(): { distance: number; length: number } {
    const word = this.u16();
    return { distance: (word >> 3) + 1, length: this.#lengthCode(word & 7) + SHORTEST_MATCH };
  }

  /** Three bits, then four, then eight, then sixteen: as many as the length needs. 3.1.4.1.1.2.2.2.4 */
  #lengthCode(three: number): number {
    if (three < 7) return three;
    const four = this.#nibble();
    if (four < 15) return 7 + four;
    const eight = this.u8();
    if (eight < 255) return 7 + 15 + eight;
    const sixteen = this.u16();
    // [MS-XCA] 2.4.4: 0 stands for what 16 bits cannot say; nothing here is so long, and it is refused with its length.
    const whole = sixteen === 0 ? this.u16() + this.u16() * 0x1_0000 : sixteen;
    if (whole < 7 + 15) throw this.fault('bad-value', `a length of ${whole} in its longest form`);
    return whole;
  }

  /** Two matches share an octet: the lower half is for the first, the upper for the second. */
  #nibble(): number {
    if (this.#halfRead !== null) {
      const upper = (this.#bytes[this.#halfRead] ?? 0) >> 4;
      this.#halfRead = null;
      return upper;
    }
    this.#halfRead = this.#at;
    return this.u8() & 0x0f;
  }

  u8(): number {
    const octet = this.#bytes[this.#at];
    if (octet === undefined) throw this.fault('truncated', 'the compressed bytes end too early');
    this.#at += 1;
    return octet;
  }

  u16(): number {
    return this.u8() + this.u8() * 0x100;
  }

  /** Nothing is left but the end mark: a mask whose next bit speaks of a match that is not there. */
  end(): void {
    const left = this.#bytes.length - this.#at;
    if (this.#maskBits === 0 && left === 4) this.isMatch();
    if (this.#at < this.#bytes.length)
      throw this.fault('trailing', `${this.#bytes.length - this.#at} compressed bytes too many`);
  }

  fault(code: WireErrorCode, reason: string): WireError {
    const { path, offset } = this.#place;
    return new WireError(code, { path, offset: offset + this.#at, spec: SPEC }, reason);
  }
}
