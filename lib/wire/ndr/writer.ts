/** Writes the arguments of a call in NDR with 32-bit counts. C706 14, [MS-RPCE] 2.2.4 */
import type { Trace } from '../bytes/trace.ts';
import { ByteWriter } from '../bytes/writer.ts';
import { HANDLE_BYTES } from './handle.ts';

/** The ids that pointers get. */
interface Referents {
  readonly first: number;
  readonly step: number;
}

/** Any numbers but zero would do; most implementations write these. */
const USUAL_REFERENTS: Referents = { first: 0x00020000, step: 4 };

type Words = (value: number) => string;

/** Writes the arguments of a call. */
export function writeStub(
  trace: Trace | undefined,
  write: (ndr: NdrWriter) => void,
  referents = USUAL_REFERENTS,
): Uint8Array {
  const ndr = new NdrWriter(trace, referents);
  write(ndr);
  return ndr.done();
}

export class NdrWriter {
  readonly #fields: ByteWriter;
  readonly #step: number;
  #nextReferent: number;
  /** Writes the referents that the construct in hand still owes; null outside of constructs. */
  #owed: (() => void)[] | null = null;

  constructor(trace: Trace | undefined, { first, step }: Referents) {
    this.#fields = new ByteWriter(trace);
    this.#nextReferent = first;
    this.#step = step;
  }

  done(): Uint8Array<ArrayBuffer> {
    return this.#fields.done();
  }

  u16(name: string, value: number, words?: Words): this {
    this.#fields.align(2).u16(name, value, words);
    return this;
  }

  u32(name: string, value: number, words?: Words): this {
    this.#fields.align(4).u32(name, value, words);
    return this;
  }

  /** A structure of 32-bit numbers, by whoever knows it. */
  aligned(write: (fields: ByteWriter) => void): this {
    write(this.#fields.align(4));
    return this;
  }

  /** A FlatUID_r, which is an array of octets and needs no alignment. [MS-OXNSPI] 2.2.2.1 */
  flatUid(name: string, value: string): this {
    this.#fields.guid(name, value);
    return this;
  }

  /** As the server gave it. @throws RangeError for what is no handle */
  handle(name: string, value: Uint8Array): this {
    if (value.length !== HANDLE_BYTES) throw new RangeError(`${name} does not have ${HANDLE_BYTES} bytes`);
    this.#fields.align(4).bytes(name, value);
    return this;
  }

  /** A conformant array of octets. @returns how many there are */
  conformant(name: string, write: (fields: ByteWriter) => void): number {
    let length = 0;
    this.group(name, () => {
      this.#fields.align(4);
      const setLength = this.#fields.later('maxCount', 4);
      const start = this.#fields.offset;
      write(this.#fields);
      length = this.#fields.offset - start;
      setLength(length);
    });
    return length;
  }

  /** @throws RangeError where the text holds a NUL or a character beyond U+00FF */
  text8(name: string, value: string): this {
    return this.group(name, () => {
      this.variance(value.length + 1);
      this.#fields.asciiz('text', value);
    });
  }

  /** @throws RangeError where the text holds a NUL */
  text16(name: string, value: string): this {
    return this.group(name, () => {
      this.variance(value.length + 1);
      this.#fields.utf16z('text', value);
    });
  }

  /** The counts before a conformant and varying array that is full. */
  variance(count: number): this {
    return this.u32('maxCount', count).slice(count);
  }

  /** The same without the first of them, which stands in front of the structure that the array ends. */
  slice(count: number): this {
    return this.u32('offset', 0).u32('actualCount', count);
  }

  array<T>(name: string, values: readonly T[], write: (value: T) => void): this {
    return this.group(name, () => {
      for (const [index, value] of values.entries()) this.group(`[${index}]`, () => write(value));
    });
  }

  group(name: string, write: () => void): this {
    this.#fields.group(name, write);
    return this;
  }

  /** A pointer that may be null. Inside of a construct the referent follows behind it, elsewhere at once. */
  pointer<T>(name: string, value: T | null, write: (value: T) => void): this {
    if (value === null) return this.u32(name, 0, () => 'null');
    this.u32(name, this.#nextReferent, () => 'pointer');
    this.#nextReferent += this.#step;
    const follow = (): void => void this.group(name, () => write(value));
    if (this.#owed === null) follow();
    else this.#owed.push(follow);
    return this;
  }

  /** A structure or array that holds pointers: their referents follow it in the same order. */
  construct(write: () => void): this {
    if (this.#owed !== null) {
      write();
      return this;
    }
    const owed: (() => void)[] = [];
    this.#owed = owed;
    write();
    this.#owed = null;
    for (const follow of owed) follow();
    return this;
  }
}
