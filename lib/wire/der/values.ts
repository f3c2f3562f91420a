/** What is in primitive DER values. X.690 8, 10, 11; what DER forbids is refused. */
import { WireError } from '../error.ts';
import { badValue, type DerValue } from './reader.ts';

/** Bits with their first octet split off. X.690 8.6 */
export interface BitString {
  /** The octets; bits that are not used are zero. */
  readonly bytes: Uint8Array;
  /** 0 to 7, at the end of the last octet. Signatures and keys have none. */
  readonly unusedBits: number;
}

/** `00` or `FF`. X.690 11.1 */
export function booleanOf(value: DerValue): boolean {
  const octet = value.content[0];
  if (value.content.length === 1 && (octet === 0x00 || octet === 0xff)) return octet === 0xff;
  throw badValue(value, 'a BOOLEAN that is neither 00 nor FF', 'X.690 11.1');
}

/** The content octets: two's complement, as short as can be. X.690 8.3 */
export function integerOf(value: DerValue): Uint8Array {
  const [first, second = 0] = value.content;
  if (first === undefined) throw badValue(value, 'an INTEGER without content', 'X.690 8.3.1');
  const spare = value.content.length > 1 && (second < 0x80 ? first === 0x00 : first === 0xff);
  if (spare) throw badValue(value, 'an INTEGER that could be written shorter', 'X.690 8.3.2');
  return value.content;
}

/** An INTEGER or ENUMERATED from 0 to 2³¹-1. */
export function numberOf(value: DerValue): number {
  const octets = integerOf(value);
  if ((octets[0] ?? 0) >= 0x80) throw badValue(value, 'a negative number');
  if (octets.length > 4) throw new WireError('too-large', value, `a number of ${octets.length} octets`);
  return octets.reduce((number, octet) => number * 256 + octet, 0);
}

/** An INTEGER that is not negative. */
export function bigNumberOf(value: DerValue): bigint {
  const octets = integerOf(value);
  if ((octets[0] ?? 0) >= 0x80) throw badValue(value, 'a negative number');
  return BigInt(`0x${toHex(octets)}`);
}

/** Octets as digits: `0aff`. */
export function toHex(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

/** Bits that are not used have to be zero. X.690 8.6.2, 11.2.1 */
export function bitsOf(value: DerValue): BitString {
  const unusedBits = value.content[0];
  const bytes = value.content.subarray(1);
  if (unusedBits === undefined) throw badValue(value, 'a BIT STRING without content', 'X.690 8.6.2');
  if (unusedBits > 7 || (unusedBits > 0 && bytes.length === 0)) {
    throw badValue(value, `a BIT STRING with ${unusedBits} unused bits in ${bytes.length} octets`, 'X.690 8.6.2');
  }
  const spare = (bytes.at(-1) ?? 0) & ((1 << unusedBits) - 1);
  if (spare !== 0) throw badValue(value, 'unused bits that are not zero', 'X.690 11.2.1');
  return { bytes, unusedBits };
}

/** Positions of the bits that are set, from 0, below `most`: a named bit list. X.680 22 */
export function setBitsOf(value: DerValue, most: number): number[] {
  const { bytes } = bitsOf(value);
  return Array.from({ length: Math.min(most, bytes.length * 8) }, (_, bit) => bit).filter(
    (bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0,
  );
}

/** X.690 8.8 */
export function nullOf(value: DerValue): null {
  if (value.content.length > 0) throw badValue(value, 'a NULL with content', 'X.690 8.8.2');
  return null;
}

/** The longest that is in use anywhere has some thirty octets. */
const MAX_OID = 128;

/** Dotted: `2.5.29.17`. X.690 8.19 */
export function oidOf(value: DerValue): string {
  const { content } = value;
  const last = content.at(-1);
  if (last === undefined) throw badValue(value, 'an OBJECT IDENTIFIER without content', 'X.690 8.19.1');
  if (content.length > MAX_OID)
    throw new WireError('too-large', value, `an OBJECT IDENTIFIER of ${content.length} octets`);
  if (last >= 0x80) throw badValue(value, 'an OBJECT IDENTIFIER that ends in the middle', 'X.690 8.19.2');
  const [first = 0n, ...others] = arcsOf(value);
  const top = first < 80n ? first / 40n : 2n;
  return [top, first - top * 40n, ...others].join('.');
}

/** Seven bits in each octet, the eighth says that more follow. */
function arcsOf(value: DerValue): bigint[] {
  const arcs: bigint[] = [];
  let arc = 0n;
  let begins = true;
  for (const octet of value.content) {
    if (begins && octet === 0x80) throw badValue(value, 'an OBJECT IDENTIFIER with a spare octet', 'X.690 8.19.2');
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    begins = octet < 0x80;
    if (!begins) continue;
    arcs.push(arc);
    arc = 0n;
  }
  return arcs;
}

/** Characters of an IA5String: ASCII and nothing else. X.680 41 */
export function asciiOf(value: DerValue): string {
  if (value.content.some((octet) => octet >= 0x80)) throw badValue(value, 'an octet above 7F in an IA5String');
  return latin1(value.content);
}

/** One character for each octet. */
export function latin1(octets: Uint8Array): string {
  const pieces: string[] = [];
  // The engine takes a limited number of arguments.
  for (let at = 0; at < octets.length; at += 4096) {
    pieces.push(String.fromCharCode(...octets.subarray(at, at + 4096)));
  }
  return pieces.join('');
}

/** Whether two runs of octets are the same. */
export function sameOctets(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((octet, index) => octet === other[index]);
}
