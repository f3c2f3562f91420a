/** Writes the little-endian fields of a message by their names; where a trace listens, each leaves its place and value there. */
import { guidOctets, guidText } from './guid.ts';
import { shown, type Trace } from './trace.ts';

type Words = (value: number) => string;

export class ByteWriter {
  readonly #trace: Trace | undefined;
  #bytes = new Uint8Array(256);
  #length = 0;

  constructor(trace?: Trace) {
    this.#trace = trace;
  }

  /** Octets so far. */
  get offset(): number {
    return this.#length;
  }

  /** Everything that was written, as a copy. */
  done(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  u8(name: string, value: number, words?: Words): this {
    return this.#number(name, value, 1, words);
  }

  u16(name: string, value: number, words?: Words): this {
    return this.#number(name, value, 2, words);
  }

  u32(name: string, value: number, words?: Words): this {
    return this.#number(name, value, 4, words);
  }

  i32(name: string, value: number): this {
    return this.#put(name, 4, String(value), (at) => this.#view().setInt32(at, value, true));
  }

  u16be(name: string, value: number): this {
    return this.#put(name, 2, shown.number(value, 2), (at) => this.#view().setUint16(at, value, false));
  }

  u64(name: string, value: bigint, words = (number: bigint): string => shown.number(number, 8)): this {
    return this.#put(name, 8, words(value), (at) => this.#view().setBigUint64(at, value, true));
  }

  bytes(name: string, value: Uint8Array, words: (value: Uint8Array) => string = shown.octets): this {
    return this.#put(name, value.length, words(value), (at) => this.#bytes.set(value, at));
  }

  /** @param value in its usual spelling, with or without braces. [MS-DTYP] 2.3.4.2 */
  guid(name: string, value: string): this {
    const octets = guidOctets(value);
    return this.#put(name, 16, guidText(octets), (at) => this.#bytes.set(octets, at));
  }

  /**
   * 8-bit characters and a NUL.
   * @throws RangeError where `fitsAsciiz` says no
   */
  asciiz(name: string, value: string): this {
    if (!fitsAsciiz(value)) throw new RangeError(`${name} cannot be written in 8 bits`);
    return this.#put(name, value.length + 1, shown.text(value), (at) =>
      this.#bytes.set(
        Uint8Array.from(value, (character) => character.charCodeAt(0)),
        at,
      ),
    );
  }

  /** UTF-16LE and two zero octets. @throws RangeError where the text holds a NUL */
  utf16z(name: string, value: string): this {
    if (value.includes('\0')) throw new RangeError(`${name} holds a NUL`);
    return this.#put(name, (value.length + 1) * 2, shown.text(value), (at) => {
      const view = this.#view();
      for (let index = 0; index < value.length; index += 1)
        view.setUint16(at + index * 2, value.charCodeAt(index), true);
    });
  }

  /** Writes a group of fields. */
  group(name: string, write: () => void): this {
    const note = this.#trace?.enter(name, this.#length) ?? null;
    try {
      write();
    } finally {
      this.#trace?.leave(note, this.#length);
    }
    return this;
  }

  /** A number that is known only once what follows is written: `set` puts it in its place. */
  later(name: string, size: 2 | 4): (value: number) => void {
    const note = this.#trace?.field(name, this.#length, size, '') ?? null;
    const at = this.#claim(size);
    return (value) => {
      if (size === 2) this.#view().setUint16(at, checked(name, value, 2), true);
      else this.#view().setUint32(at, checked(name, value, 4), true);
      if (note !== null) note.value = shown.number(value, size);
    };
  }

  /** Zeros up to a multiple of `size`, counted from the start. */
  align(size: number): this {
    const gap = (size - (this.#length % size)) % size;
    return gap === 0 ? this : this.bytes('padding', new Uint8Array(gap));
  }

  #number(name: string, value: number, size: 1 | 2 | 4, words?: Words): this {
    checked(name, value, size);
    const said = words === undefined ? '' : ` ${words(value)}`;
    return this.#put(name, size, `${shown.number(value, size)}${said}`.trimEnd(), (at) => {
      const view = this.#view();
      if (size === 1) view.setUint8(at, value);
      else if (size === 2) view.setUint16(at, value, true);
      else view.setUint32(at, value, true);
    });
  }

  #put(name: string, size: number, value: string, write: (at: number) => void): this {
    this.#trace?.field(name, this.#length, size, value);
    write(this.#claim(size));
    return this;
  }

  #claim(size: number): number {
    const at = this.#length;
    this.#length += size;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return at;
  }

  #view(): DataView {
    return new DataView(this.#bytes.buffer);
  }
}

/** Whether `asciiz` can write this text: no NUL, and no character beyond U+00FF. */
export function fitsAsciiz(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0 || unit > 0xff) return false;
  }
  return true;
}

function checked(name: string, value: number, size: 1 | 2 | 4): number {
  if (!Number.isInteger(value) || value < 0 || value >= 256 ** size)
    throw new RangeError(`${name} does not fit into ${size} bytes`);
  return value;
}
