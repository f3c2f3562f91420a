/** Collects the bytes of a DNS message. Names are written out in full, but for those that repeat the question's. */
export interface ByteWriter {
  u16(value: number): void;
  u32(value: number): void;
  /** One length byte and the text behind it. RFC 1035 3.3 */
  text(value: string): void;
  /** A domain name as labels, closed by the root. RFC 1035 3.1 */
  name(value: string): void;
  /** What is written at this place. RFC 1035 4.1.4 */
  pointer(to: number): void;
  raw(bytes: Iterable<number>): void;
  bytes(): Uint8Array;
}

export function byteWriter(): ByteWriter {
  const collected: number[] = [];

  function u16(value: number): void {
    collected.push((value >>> 8) & 0xff, value & 0xff);
  }

  function text(value: string): void {
    const bytes = Buffer.from(value, 'latin1');
    if (bytes.length > 255) throw new RangeError('A DNS text has at most 255 bytes.');
    collected.push(bytes.length, ...bytes);
  }

  return {
    u16,
    text,
    u32(value) {
      u16(value >>> 16);
      u16(value);
    },
    name(value) {
      for (const label of value.split('.').filter(Boolean)) text(label);
      collected.push(0);
    },
    pointer(to) {
      u16(0xc000 | to);
    },
    raw(bytes) {
      collected.push(...bytes);
    },
    bytes: () => Uint8Array.from(collected),
  };
}
