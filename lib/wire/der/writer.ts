/** Writes DER: values are put together from the innermost outwards. X.690 8, 10 */
import { INTEGER, NULL, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE } from './reader.ts';

/** One value: tag, length in its shortest form, and these contents one after the other. */
export function derValue(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, content) => sum + content.length, 0);
  const octets = new Uint8Array([tag, ...derLength(length)]);
  return concat([octets, ...contents]);
}

export const derSequence = (...contents: readonly Uint8Array[]): Uint8Array => derValue(SEQUENCE, ...contents);
export const derOctets = (octets: Uint8Array): Uint8Array => derValue(OCTET_STRING, octets);
/** @param octets two's complement, as short as can be: what `integerOf` reads */
export const derInteger = (octets: Uint8Array): Uint8Array => derValue(INTEGER, octets);
export const derNull = (): Uint8Array => derValue(NULL);

/** @param dotted `1.3.14.3.2.26`; numbers below 2⁵³ */
export function derOid(dotted: string): Uint8Array {
  const [top = 0, second = 0, ...others] = dotted.split('.').map(Number);
  return derValue(OBJECT_IDENTIFIER, new Uint8Array([top * 40 + second, ...others].flatMap(arc)));
}

/** Seven bits in each octet, all but the last marked. X.690 8.19.2 */
function arc(number: number): number[] {
  const octets = [number % 128];
  for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128))
    octets.unshift((left % 128) | 0x80);
  return octets;
}

/** X.690 10.1 */
function derLength(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256);
  return [0x80 | octets.length, ...octets];
}

/** Octets one after the other. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
