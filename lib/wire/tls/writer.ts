/** Writes the fields of a TLS message in network byte order. RFC 8446 3 */
export type Part = number | Uint8Array | readonly Part[];

/** One byte for each number, everything in its order. */
export function bytesOf(...parts: readonly Part[]): Uint8Array {
  return Uint8Array.from(parts.flatMap(flatten));
}

function flatten(part: Part): number[] {
  if (typeof part === 'number') return [part];
  return part instanceof Uint8Array ? [...part] : part.flatMap(flatten);
}

/** A number of two bytes. */
export const u16 = (value: number): Part => [value >> 8, value & 0xff];

/** A vector: its length in so many bytes, then its content. @throws RangeError for what does not fit */
export function vector(lengthBytes: 1 | 2 | 3, ...content: readonly Part[]): Part {
  const bytes = bytesOf(...content);
  if (bytes.length >= 256 ** lengthBytes) throw new RangeError(`${bytes.length} bytes are too many for this vector`);
  const length = [bytes.length >> 16, (bytes.length >> 8) & 0xff, bytes.length & 0xff].slice(3 - lengthBytes);
  return [...length, bytes];
}
