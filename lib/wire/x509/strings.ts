/** The strings of names: eight types, eight alphabets. X.680 41, RFC 5280 4.1.2.4 */
import type { DerValue } from '../der/reader.ts';
import { latin1 } from '../der/values.ts';

export type StringType =
  | 'UTF8String'
  | 'PrintableString'
  | 'IA5String'
  | 'TeletexString'
  | 'BMPString'
  | 'UniversalString'
  | 'VisibleString'
  | 'NumericString';

export interface Asn1String {
  readonly type: StringType;
  readonly text: string;
  /** Whether the text keeps the alphabet of its type; what breaks it is still there, as well as it could be read. */
  readonly wellFormed: boolean;
}

/** Stands in the text for octets that mean nothing in it. */
export const UNREADABLE = '\ufffd';

interface Kind {
  readonly type: StringType;
  readonly read: (octets: Uint8Array) => { text: string; wellFormed: boolean };
}

/** Characters of one octet each, out of this alphabet. */
const within =
  (alphabet: RegExp) =>
  (octets: Uint8Array): { text: string; wellFormed: boolean } => {
    const text = latin1(octets);
    return { text, wellFormed: alphabet.test(text) };
  };

const encoded =
  (encoding: 'utf-8' | 'utf-16be') =>
  (octets: Uint8Array): { text: string; wellFormed: boolean } => {
    try {
      return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(octets), wellFormed: true };
    } catch {
      return { text: new TextDecoder(encoding, { ignoreBOM: true }).decode(octets), wellFormed: false };
    }
  };

/** By tag. */
const KINDS: Readonly<Record<number, Kind>> = {
  12: { type: 'UTF8String', read: encoded('utf-8') },
  18: { type: 'NumericString', read: within(/^[0-9 ]*$/) },
  19: { type: 'PrintableString', read: within(/^[A-Za-z0-9 '()+,\-./:=?]*$/) },
  // T.61 has alphabets to be switched between; everybody who wrote it meant Latin-1.
  20: { type: 'TeletexString', read: (octets) => ({ text: latin1(octets), wellFormed: true }) },
  22: { type: 'IA5String', read: within(/^\p{ASCII}*$/u) },
  26: { type: 'VisibleString', read: within(/^[ -~]*$/) },
  28: { type: 'UniversalString', read: fourOctets },
  30: { type: 'BMPString', read: encoded('utf-16be') },
};

/** Reads a string of one of the eight types; null for any other value. */
export function readString({ tag, content }: DerValue): Asn1String | null {
  const kind = KINDS[tag];
  return kind === undefined ? null : { type: kind.type, ...kind.read(content) };
}

/** Each character in four octets, highest first. */
function fourOctets(octets: Uint8Array): { text: string; wellFormed: boolean } {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const pieces: string[] = [];
  let wellFormed = true;
  for (let at = 0; at + 4 <= octets.length; at += 4) {
    const point = view.getUint32(at);
    const exists = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    pieces.push(exists ? String.fromCodePoint(point) : UNREADABLE);
    wellFormed &&= exists;
  }
  const isWhole = octets.length % 4 === 0;
  return { text: pieces.join('') + (isWhole ? '' : UNREADABLE), wellFormed: wellFormed && isWhole };
}
