/**
 * NDR with 32-bit counts, the transfer syntax of all our calls: every number stands at a multiple of its size, counted from the start of
 * the stub, and what a pointer points to stands behind the construct that holds the pointer. C706 14, [MS-RPCE] 2.2.4
 */
import { ByteReader, latin1, type ReaderOptions, utf16 } from '../bytes/reader.ts';
import { shown } from '../bytes/trace.ts';
import type { WireError } from '../error.ts';
import { HANDLE_BYTES } from './handle.ts';

type Words = (value: number) => string;

/**
 * Of all arrays of one stub together. The whole hierarchy of a large hoster has some ten thousand values; the address book's own limit is
 * 100,000 rows ([MS-OXNSPI] 2.2.4).
 */
export const MOST_ELEMENTS = 200_000;

/** What a pointer points to; null where it is a null pointer. May be asked once the construct around the pointer was read. */
export type Referent<T> = () => T | null;

/** Reads the arguments or results of a call, to the last octet. @throws WireError */
export function readStub<T>(stub: Uint8Array, options: ReaderOptions, read: (ndr: NdrReader) => T): T {
  const ndr = new NdrReader(stub, options);
  const value = read(ndr);
  ndr.end();
  return value;
}

export class NdrReader {
  readonly #fields: ByteReader;
  /** Reads the referents that the construct in hand still owes; null outside of constructs. */
  #owed: (() => void)[] | null = null;
  #elements = 0;
  /** The groups between the construct in hand and the field that is read. */
  #path: readonly string[] = [];

  constructor(stub: Uint8Array, options: ReaderOptions) {
    this.#fields = new ByteReader(stub, options);
  }

  u16(name: string, words?: Words): number {
    this.#fields.align(2);
    return this.#fields.u16(name, words);
  }

  u32(name: string, words?: Words): number {
    this.#fields.align(4);
    return this.#fields.u32(name, words);
  }

  /** A structure of 32-bit numbers, by whoever knows it. */
  aligned<T>(read: (fields: ByteReader) => T): T {
    this.#fields.align(4);
    return read(this.#fields);
  }

  /** Two numbers of 32 bits to NDR, the low one first. [MS-DTYP] 2.3.3 */
  fileTime(name: string): bigint {
    this.#fields.align(4);
    return this.#fields.u64(name);
  }

  /** A FlatUID_r, which is an array of octets. [MS-OXNSPI] 2.2.2.1 */
  flatUid(name: string): string {
    return this.#fields.guid(name);
  }

  /** Opaque, and handed back as it came. */
  handle(name: string): Uint8Array {
    this.#fields.align(4);
    return this.#fields.bytes(name, HANDLE_BYTES);
  }

  /** A conformant array of octets: how many there are, and all of them. C706 14.3.3.2 */
  conformant<T>(name: string, read: (fields: ByteReader, length: number) => T): T {
    return this.group(name, () => read(this.#fields, this.u32('maxCount')));
  }

  /** A conformant and varying array of octets. C706 14.3.3.4 */
  varying<T>(name: string, read: (fields: ByteReader, length: number) => T): T {
    return this.group(name, () => read(this.#fields, this.variance()));
  }

  /** A string of 8-bit characters, whose code page nobody names: one character for each octet. C706 14.3.4 */
  text8(name: string): string {
    return this.group(name, () => this.#text(1, latin1));
  }

  /** A string of UTF-16. Lone surrogates come out as they are. */
  text16(name: string): string {
    return this.group(name, () => this.#text(2, utf16));
  }

  /** The counts before a conformant and varying array. @returns how many elements follow, as the peer says */
  variance(): number {
    return this.slice(this.u32('maxCount'));
  }

  /** The same where the first count stands apart, in front of the structure that the array ends. C706 14.3.7.2 */
  slice(most: number): number {
    if (this.u32('offset') !== 0) throw this.fault('offset', 'the array does not start with its first element');
    const count = this.u32('actualCount');
    if (count > most) throw this.fault('actualCount', `more than the ${most} that the array can hold`);
    return count;
  }

  /** A number that stands a second time. */
  again(name: string, first: number): void {
    if (this.u32(name) !== first) throw this.fault(name, `another place says ${first}`);
  }

  /**
   * Elements, one after the other.
   * @param least octets that the smallest element takes: a count that the bytes cannot hold is not believed
   */
  array<T>(name: string, count: number, least: number, read: () => T): T[] {
    const { remaining } = this.#fields;
    if (count * least > remaining)
      throw this.#fields.fault('truncated', name, `${count} elements cannot be in ${remaining} bytes`);
    this.#elements += count;
    if (this.#elements > MOST_ELEMENTS)
      throw this.#fields.fault('too-large', name, `more than ${MOST_ELEMENTS} elements in all arrays`);
    return this.group(name, () => Array.from({ length: count }, (_, index) => this.group(`[${index}]`, read)));
  }

  /** Reads a group of fields; its name becomes part of the path. */
  group<T>(name: string, read: () => T): T {
    const outer = this.#path;
    if (this.#owed !== null) this.#path = [...outer, name];
    try {
      return this.#fields.group(name, read);
    } finally {
      this.#path = outer;
    }
  }

  /**
   * A pointer that may be null. Its referent follows the construct around it; outside of constructs, it follows at once. C706 14.3.11, 14.3.12.3
   * @param read reads the referent, which may hold constructs and pointers of its own
   */
  pointer<T>(name: string, read: () => T): Referent<T> {
    const id = this.u32(name, (value) => (value === 0 ? 'null' : 'pointer'));
    if (id === 0) return () => null;
    const place = [...this.#path, name].join('.').replaceAll('.[', '[');
    let found: { readonly value: T } | null = null;
    const follow = (): void => {
      found = { value: this.#fields.group(place, read) };
    };
    if (this.#owed === null) follow();
    else this.#owed.push(follow);
    return () => {
      if (found === null) throw new Error(`${place} was asked for before it was read`);
      return found.value;
    };
  }

  /** A structure or array that holds pointers: their referents follow in the same order, each with all that belongs to it. */
  construct<T>(read: () => T): T {
    if (this.#owed !== null) return read();
    const owed: (() => void)[] = [];
    this.#owed = owed;
    try {
      const value = read();
      this.#owed = null;
      for (const follow of owed) follow();
      return value;
    } finally {
      this.#owed = null;
    }
  }

  /** What the call returns, which stands last. */
  status(words?: Words): number {
    return this.u32('returnValue', words);
  }

  /** Nothing may be left: a stub is not padded at its end. */
  end(): void {
    this.#fields.end();
  }

  /** The number of 32 bits that was read last cannot be. */
  fault(name: string, reason: string): WireError {
    return this.#fields.fault('bad-value', name, reason, this.#fields.offset - 4);
  }

  #text(unit: 1 | 2, decode: (octets: Uint8Array) => string): string {
    const count = this.variance();
    const start = this.#fields.offset;
    const octets = this.#fields.bytes('text', count * unit, (value) => shown.text(untilNul(decode(value))));
    const text = decode(octets);
    if (count > 0 && !text.includes('\0'))
      throw this.#fields.fault('bad-value', 'text', 'the string has no NUL at its end', start);
    return untilNul(text);
  }
}

const untilNul = (text: string): string => {
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
};
