/** Little-endian fields as Exchange's protocols have them, written and read by the lab alone. */

export const u8 = (value: number): Buffer => Buffer.of(value & 0xff);

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

export function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

/** 8-bit characters and a NUL. */
export const asciiz = (text: string): Buffer => Buffer.from(`${text}\0`, 'latin1');

/** UTF-16 and two zero bytes. */
export const utf16z = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le');

/** A GUID in its usual spelling: the first three parts are little-endian numbers. [MS-DTYP] 2.3.4.2 */
export function guid(text: string): Buffer {
  const octets = Buffer.from(text.replaceAll('-', ''), 'hex');
  return join(
    octets.subarray(0, 4).reverse(),
    octets.subarray(4, 6).reverse(),
    octets.subarray(6, 8).reverse(),
    octets.subarray(8),
  );
}

/** Behind its length in four bytes. */
export const sized32 = (bytes: Uint8Array): Buffer => join(u32(bytes.length), bytes);

export const join = (...parts: readonly Uint8Array[]): Buffer => Buffer.concat(parts);

/** The client sent something else than the layout says. */
export class NotReadable extends Error {}

/** Reads fields one after the other. */
export class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  u8(): number {
    return this.take(1).readUInt8();
  }

  u16(): number {
    return this.take(2).readUInt16LE();
  }

  u32(): number {
    return this.take(4).readUInt32LE();
  }

  i32(): number {
    return this.take(4).readInt32LE();
  }

  u64(): bigint {
    return this.take(8).readBigUInt64LE();
  }

  take(length: number): Buffer {
    if (length > this.left) throw new NotReadable(`It needs ${length} bytes, ${this.left} are left.`);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  asciiz(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) throw new NotReadable('A string has no end.');
    return this.take(end + 1 - this.#at)
      .toString('latin1')
      .slice(0, -1);
  }

  utf16z(): string {
    let text = '';
    for (let unit = this.u16(); unit !== 0; unit = this.u16()) text += String.fromCharCode(unit);
    return text;
  }

  /** As many of them as a count says, which cannot be more than there are bytes. */
  times<T>(count: number, read: () => T): T[] {
    if (count > this.left) throw new NotReadable(`${count} of something do not fit into ${this.left} bytes.`);
    return Array.from({ length: count }, read);
  }

  end(): void {
    if (this.left > 0) throw new NotReadable(`${this.left} bytes are too many.`);
  }
}
