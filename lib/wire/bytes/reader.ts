/**
 * Reads the little-endian fields of a message by their names. Whatever is missing or too much is told with field and offset, and where a
 * trace listens, each field leaves its place and value there, even those before a mistake.
 */
import { WireError, type WireErrorCode, type WirePlace } from '../error.ts';
import { guidText } from './guid.ts';
import { shown, type Trace } from './trace.ts';

export interface ReaderOptions {
  /** What is read: `connect.response`. */
  readonly path: string;
  /** Document and section. */
  readonly spec: string;
  readonly trace?: Trace | undefined;
}

type Words = (value: number) => string;

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #trace: Trace | undefined;
  #path: string;
  #spec: string;
  #at = 0;
  /** Of the innermost window. */
  #start = 0;
  #end: number;
  /** Behind the last octet of the innermost window that was read. */
  #reached = 0;

  constructor(bytes: Uint8Array, { path, spec, trace }: ReaderOptions) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#trace = trace;
    this.#path = path;
    this.#spec = spec;
    this.#end = bytes.length;
  }

  /** Where the next field begins. */
  get offset(): number {
    return this.#at;
  }

  /** Octets that are left, in the innermost window. */
  get remaining(): number {
    return this.#end - this.#at;
  }

  get isEmpty(): boolean {
    return this.remaining === 0;
  }

  /** @param words says what the number means, beside the number */
  u8(name: string, words?: Words): number {
    return this.#number(name, 1, (at) => this.#view.getUint8(at), words);
  }

  u16(name: string, words?: Words): number {
    return this.#number(name, 2, (at) => this.#view.getUint16(at, true), words);
  }

  u32(name: string, words?: Words): number {
    return this.#number(name, 4, (at) => this.#view.getUint32(at, true), words);
  }

  /** Big-endian, as ports in towers are. */
  u16be(name: string, words?: Words): number {
    return this.#number(name, 2, (at) => this.#view.getUint16(at, false), words);
  }

  i32(name: string): number {
    return this.#take(name, 4, (at) => this.#view.getInt32(at, true), String);
  }

  u64(name: string, words = (value: bigint): string => shown.number(value, 8)): bigint {
    return this.#take(name, 8, (at) => this.#view.getBigUint64(at, true), words);
  }

  /**
   * How many of something follow. Refused at once where they cannot stand in what is left, before anything is made for them.
   * @param size of the number itself
   * @param each octets that one of them takes at least
   * @param most of them that an honest peer sends
   */
  count(name: string, size: 2 | 4, each: number, most = Number.POSITIVE_INFINITY): number {
    const at = this.#at;
    const count = size === 2 ? this.u16(name) : this.u32(name);
    if (count > most) throw this.fault('too-large', name, `${count} of them, more than ${most}`, at);
    if (count * each > this.remaining)
      throw this.fault(
        'truncated',
        name,
        `${count} of them need ${count * each} bytes, ${this.remaining} are left`,
        at,
      );
    return count;
  }

  /** A view of the next octets, which stay unread. */
  peek(name: string, length: number): Uint8Array {
    this.#demand(name, length);
    return this.#bytes.subarray(this.#at, this.#at + length);
  }

  /** A view of the next octets, not a copy. */
  bytes(name: string, length: number, words: (value: Uint8Array) => string = shown.octets): Uint8Array {
    return this.#take(name, length, (at) => this.#bytes.subarray(at, at + length), words);
  }

  /** A GUID in its usual spelling. [MS-DTYP] 2.3.4.2 */
  guid(name: string): string {
    return this.#take(name, 16, (at) => guidText(this.#bytes.subarray(at, at + 16)), String);
  }

  /** 8-bit characters up to a NUL, which is taken too; one character for each octet. */
  asciiz(name: string): string {
    const length = this.#bytes.subarray(this.#at, this.#end).indexOf(0);
    if (length === -1) throw this.fault('truncated', name, 'the string has no end', this.#end);
    const end = this.#at + length;
    return this.#take(name, end + 1 - this.#at, (at) => latin1(this.#bytes.subarray(at, end)), shown.text);
  }

  /** UTF-16LE up to two zero octets, which are taken too. Lone surrogates come out as they are. */
  utf16z(name: string): string {
    let end = this.#at;
    while (end + 2 <= this.#end && this.#view.getUint16(end, true) !== 0) end += 2;
    if (end + 2 > this.#end) throw this.fault('truncated', name, 'the string has no end', this.#end);
    return this.#take(name, end + 2 - this.#at, (at) => utf16(this.#bytes.subarray(at, end)), shown.text);
  }

  /** Reads a group of fields; its name becomes part of the path. */
  group<T>(name: string, read: () => T, spec = this.#spec): T {
    const [path, outerSpec] = [this.#path, this.#spec];
    const note = this.#trace?.enter(name, this.#at) ?? null;
    this.#path = joined(path, name);
    this.#spec = spec;
    try {
      return read();
    } finally {
      this.#path = path;
      this.#spec = outerSpec;
      this.#trace?.leave(note, this.#at);
    }
  }

  /** Reads a group that has exactly so many octets: nothing beyond them can be read, and nothing of them may be left. */
  window<T>(name: string, length: number, read: () => T, spec = this.#spec): T {
    this.#demand(name, length);
    const inside = (): T => {
      const value = read();
      this.end();
      return value;
    };
    return this.group(name, () => this.#bounded(length, inside), spec);
  }

  /**
   * A window whose contents may be wrong without harm to what follows it: then `otherwise` says what stands for them. What `read` leaves
   * over is skipped, wherever it stands.
   */
  loose<T, F>(
    name: string,
    length: number,
    read: () => T,
    otherwise: (error: WireError) => F,
    spec = this.#spec,
  ): T | F {
    this.#demand(name, length);
    const inside = (): T | F => {
      try {
        const value = read();
        this.#at = this.#reached;
        if (!this.isEmpty) this.bytes('rest', this.remaining);
        return value;
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        this.#at = this.#end;
        return otherwise(error);
      }
    };
    return this.group(name, () => this.#bounded(length, inside), spec);
  }

  /**
   * Reads what stands somewhere else in the innermost window, and comes back.
   * @param offset from where the window begins
   */
  jump<T>(name: string, offset: number, read: () => T): T {
    const [start, back] = [this.#start, this.#at];
    if (offset < 0 || start + offset > this.#end) throw this.fault('bad-value', name, `offset ${offset} lies outside`);
    this.#at = start + offset;
    try {
      return read();
    } finally {
      this.#at = back;
    }
  }

  /**
   * Octets that hold something packed: `open` unpacks them, `read` reads what comes out. Offsets of a mistake inside count from the start
   * of what came out.
   * @param open is told where the packed octets stand
   */
  packed<T>(
    name: string,
    length: number,
    open: (packed: Uint8Array, place: WirePlace) => Uint8Array,
    read: (inner: ByteReader) => T,
    how: string,
  ): T {
    const offset = this.#claim(name, length);
    const packed = this.#bytes.subarray(offset, offset + length);
    const note = this.#trace?.field(name, offset, length, shown.octets(packed)) ?? null;
    const path = joined(this.#path, name);
    const bytes = open(packed, { path, offset, spec: this.#spec });
    const trace = this.#trace?.inner();
    if (note !== null && trace !== undefined) note.layer = { name: how, bytes, fields: trace.fields };
    const inner = new ByteReader(bytes, { path: `${path}(${how})`, spec: this.#spec, trace });
    const value = read(inner);
    inner.end();
    return value;
  }

  /** Skips to a multiple of `size`, counted from the start of the whole. What stands there is not looked at: NDR leaves it undefined. */
  align(size: number): void {
    const gap = (size - (this.#at % size)) % size;
    if (gap > 0) this.bytes('padding', gap);
  }

  /** Nothing may be left. */
  end(): void {
    if (!this.isEmpty) throw this.fault('trailing', '', `${this.remaining} bytes too many`);
  }

  /** An error at this place; `name` is the field in which it is. */
  fault(code: WireErrorCode, name: string, reason: string, offset = this.#at): WireError {
    return new WireError(code, { path: joined(this.#path, name), offset, spec: this.#spec }, reason);
  }

  #number(name: string, size: 1 | 2 | 4, read: (at: number) => number, words?: Words): number {
    return this.#take(name, size, read, (value) =>
      words === undefined ? shown.number(value, size) : `${shown.number(value, size)} ${words(value)}`.trimEnd(),
    );
  }

  #take<T>(name: string, length: number, read: (at: number) => T, words: (value: T) => string): T {
    const at = this.#claim(name, length);
    const value = read(at);
    this.#trace?.field(name, at, length, words(value));
    return value;
  }

  /** Goes past so many octets. @returns where they begin */
  #claim(name: string, length: number): number {
    this.#demand(name, length);
    const at = this.#at;
    this.#at += length;
    this.#reached = Math.max(this.#reached, this.#at);
    return at;
  }

  #demand(name: string, length: number): void {
    if (length < 0) throw this.fault('bad-value', name, `a length of ${length} bytes`);
    if (length > this.remaining)
      throw this.fault('truncated', name, `it needs ${length} bytes, ${this.remaining} are left`);
  }

  /** Nothing but the next octets can be read in there. */
  #bounded<T>(length: number, read: () => T): T {
    const [start, end, reached] = [this.#start, this.#end, this.#reached];
    [this.#start, this.#end, this.#reached] = [this.#at, this.#at + length, this.#at];
    try {
      return read();
    } finally {
      [this.#start, this.#end, this.#reached] = [start, end, Math.max(reached, this.#at)];
    }
  }
}

const joined = (path: string, name: string): string => {
  if (name === '') return path;
  return name.startsWith('[') ? `${path}${name}` : `${path}.${name}`;
};

/** One character for each octet. */
export function latin1(octets: Uint8Array): string {
  let text = '';
  for (const octet of octets) text += String.fromCharCode(octet);
  return text;
}

/** TextDecoder would replace lone surrogates, and two different names would read alike. */
export function utf16(octets: Uint8Array): string {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  let text = '';
  for (let at = 0; at < octets.length; at += 2) text += String.fromCharCode(view.getUint16(at, true));
  return text;
}
