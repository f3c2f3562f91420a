/** A small DER writer. It takes what it is given: a value that is wrong on purpose can be written, too. X.690 8, 10 */

/** One element: the tag, the length, and the parts as its content. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = joined(parts);
  return joined([Uint8Array.of(tag), lengthBytes(content.length), content]);
}

/** The parts as one piece. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The bytes that announce so much content, in the shortest form. X.690 10.1 */
export function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes = bigEndian(BigInt(length));
  return Uint8Array.of(0x80 | bytes.length, ...bytes);
}

/** A number without sign in as few bytes as it takes, at least one. */
export function bigEndian(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

/** X.690 8.9 */
export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => element(0x30, ...parts);

/** The parts are sorted, as DER wants it for "SET OF". X.690 11.6 */
export const setOf = (...parts: readonly Uint8Array[]): Uint8Array =>
  element(0x31, ...parts.toSorted((one, other) => Buffer.compare(one, other)));

/** NULL. X.690 8.8 */
export const nothing: Uint8Array = element(0x05);

/** X.690 8.2, 11.1 */
export const boolean = (value: boolean): Uint8Array => element(0x01, Uint8Array.of(value ? 0xff : 0x00));

/** A whole number, or its content bytes as they are to be. X.690 8.3 */
export function integer(value: bigint | number | Uint8Array): Uint8Array {
  return element(0x02, value instanceof Uint8Array ? value : twosComplement(BigInt(value)));
}

/** X.690 8.4 */
export const enumerated = (value: number): Uint8Array => element(0x0a, twosComplement(BigInt(value)));

/** The content of an INTEGER: as short as the sign allows. X.690 8.3 */
export function twosComplement(value: bigint): Uint8Array {
  const magnitude = value < 0n ? -value - 1n : value;
  const length = Math.floor(magnitude.toString(2).replace(/^0$/, '').length / 8) + 1;
  const hex = BigInt.asUintN(8 * length, value).toString(16);
  return Buffer.from(hex.padStart(2 * length, '0'), 'hex');
}

/** An object identifier in dotted form. X.690 8.19 */
export function oid(dotted: string): Uint8Array {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  return element(0x06, ...[first * 40n + second, ...rest].map(base128));
}

function base128(value: bigint): Uint8Array {
  const digits = [Number(value & 0x7fn)];
  for (let left = value >> 7n; left > 0n; left >>= 7n) digits.unshift(Number(left & 0x7fn) | 0x80);
  return Uint8Array.from(digits);
}

/** X.690 8.7 */
export const octetString = (...parts: readonly Uint8Array[]): Uint8Array => element(0x04, ...parts);

/** Whole bytes, of whose last one so many bits do not count. X.690 8.6 */
export const bitString = (bytes: Uint8Array, unusedBits = 0): Uint8Array =>
  element(0x03, Uint8Array.of(unusedBits), bytes);

/** A BIT STRING whose bits have names: those with these numbers are set, and it ends with the last of them. X.690 11.2.2 */
export function namedBits(numbers: readonly number[]): Uint8Array {
  const last = Math.max(-1, ...numbers);
  const bytes = new Uint8Array((last >> 3) + 1);
  for (const number of numbers) bytes[number >> 3] = (bytes[number >> 3] ?? 0) | (0x80 >> (number & 7));
  return bitString(bytes, last < 0 ? 0 : 7 - (last & 7));
}

// The kinds of text that names are written in. X.690 8.23
export const utf8String = (text: string): Uint8Array => element(0x0c, Buffer.from(text, 'utf8'));
export const printableString = (text: string): Uint8Array => element(0x13, Buffer.from(text, 'latin1'));
export const ia5String = (text: string): Uint8Array => element(0x16, Buffer.from(text, 'utf8'));
export const teletexString = (text: string): Uint8Array => element(0x14, Buffer.from(text, 'latin1'));
export const bmpString = (text: string): Uint8Array => element(0x1e, Buffer.from(text, 'utf16le').swap16());

/** Two digits for the year up to 2049, four from then on. RFC 5280 4.1.2.5 */
export function time(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050 ? utcTime(date) : generalizedTime(date);
}

/** Two digits for the year, whatever it is. X.690 11.8 */
export const utcTime = (date: Date): Uint8Array => element(0x17, Buffer.from(digitsOf(date).slice(2)));
/** Four digits. X.690 11.7 */
export const generalizedTime = (date: Date): Uint8Array => element(0x18, Buffer.from(digitsOf(date)));

const digitsOf = (date: Date): string => `${date.toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z`;

/** Wraps elements in a context tag of their own: `[number] EXPLICIT`. X.690 8.14 */
export const explicit = (number: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  element(0xa0 | number, ...parts);

/** Puts a context tag in the place of an element's own: `[number] IMPLICIT`. X.690 8.14 */
export function implicit(number: number, whole: Uint8Array): Uint8Array {
  const isConstructed = (whole[0] ?? 0) & 0x20;
  return joined([Uint8Array.of(0x80 | isConstructed | number), whole.subarray(1)]);
}

/** The text form. RFC 7468 2 */
export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
