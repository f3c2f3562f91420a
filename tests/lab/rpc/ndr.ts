/** Arguments of calls in NDR: little-endian, each number at a multiple of its size, counted from the start. C706 14, [MS-RPCE] 2.2.4 */
import { asciiz, guid, join, NotReadable, u8, u16, u32, utf16z } from '../store/bytes.ts';

/** No array of an argument has more elements. */
const MOST_ELEMENTS = 1024 * 1024;

export class NdrReader {
  readonly #stub: Buffer;
  #at = 0;

  constructor(stub: Buffer) {
    this.#stub = stub;
  }

  u16(): number {
    return this.#aligned(2).readUInt16LE();
  }

  u32(): number {
    return this.#aligned(4).readUInt32LE();
  }

  i32(): number {
    return this.#aligned(4).readInt32LE();
  }

  bytes(length: number): Buffer {
    if (this.#at + length > this.#stub.length) throw new NotReadable('The arguments end too early.');
    this.#at += length;
    return this.#stub.subarray(this.#at - length, this.#at);
  }

  /** The octets that stand for something which the server keeps. */
  handle(): string {
    this.#align(4);
    return this.bytes(20).toString('hex');
  }

  /** Whether a pointer leads anywhere; what it leads to comes later. */
  pointer(): boolean {
    return this.u32() !== 0;
  }

  /** How many elements follow, of what the client says there could be. */
  count(): number {
    const count = this.u32();
    if (count > MOST_ELEMENTS) throw new NotReadable(`${count} elements are too many.`);
    return count;
  }

  /** A conformant array of octets: [size_is]. */
  octets(): Buffer {
    return this.bytes(this.count());
  }

  /** A string of 8-bit characters: conformant and varying, with the NUL counted. */
  string(): string {
    return this.#string(1).toString('latin1').slice(0, -1);
  }

  /** The same in UTF-16. */
  wide(): string {
    return this.#string(2).toString('utf16le').slice(0, -1);
  }

  #string(unit: 1 | 2): Buffer {
    const most = this.count();
    const offset = this.u32();
    const length = this.count();
    if (offset !== 0 || length > most || length === 0) throw new NotReadable('This is no string.');
    return this.bytes(length * unit);
  }

  #aligned(size: number): Buffer {
    this.#align(size);
    return this.bytes(size);
  }

  #align(size: number): void {
    this.#at += (size - (this.#at % size)) % size;
  }
}

export class NdrWriter {
  #parts: Buffer[] = [];
  #length = 0;
  #referent = 0x00020000;

  u16(value: number): this {
    return this.align(2).bytes(u16(value));
  }

  u32(value: number): this {
    return this.align(4).bytes(u32(value));
  }

  u8(value: number): this {
    return this.bytes(u8(value));
  }

  bytes(value: Uint8Array): this {
    this.#parts.push(Buffer.from(value));
    this.#length += value.length;
    return this;
  }

  /** Zeros up to a multiple of this. */
  align(size: number): this {
    const gap = (size - (this.#length % size)) % size;
    return gap === 0 ? this : this.bytes(Buffer.alloc(gap));
  }

  handle(value: string): this {
    return this.align(4).bytes(Buffer.from(value, 'hex'));
  }

  /** A pointer: no two are the same, and nobody may make anything of their numbers. */
  pointer(leadsSomewhere = true): this {
    if (!leadsSomewhere) return this.u32(0);
    this.#referent += 4;
    return this.u32(this.#referent);
  }

  guid(value: string): this {
    return this.bytes(guid(value));
  }

  /** A conformant and varying array of octets: [size_is, length_is]. */
  octets(value: Uint8Array): this {
    return this.u32(value.length).u32(0).u32(value.length).bytes(value);
  }

  string(text: string): this {
    return this.octets(asciiz(text));
  }

  wide(text: string): this {
    const octets = utf16z(text);
    const units = octets.length / 2;
    return this.u32(units).u32(0).u32(units).bytes(octets);
  }

  done(): Buffer {
    return join(...this.#parts);
  }
}

/** Stands for nothing. */
export const NULL_HANDLE = '00'.repeat(20);
