/** Base64, strictly: white space may stand anywhere, anything else that does not belong there is refused. RFC 4648 4 */
import { WireError, type WireErrorCode, type WirePlace } from './error.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = '=';
const WHITE = ' \t\r\n';

/** Six bits by character code; -1 for white space, -2 for what does not belong. */
const SEXTETS = Int8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return WHITE.includes(character) ? -1 : ALPHABET.includes(character) ? ALPHABET.indexOf(character) : -2;
});

/**
 * Reads a text to its end.
 * @param place of its first character
 * @throws WireError
 */
export function decodeBase64(text: string, { path, offset }: Omit<WirePlace, 'spec'>): Uint8Array {
  const fail = (code: WireErrorCode, at: number, reason: string): WireError =>
    new WireError(code, { path, offset: offset + at, spec: 'RFC 4648 4' }, reason);
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  const end = beginOfPadding(text);
  let [length, bits, held, sextets] = [0, 0, 0, 0];
  for (let at = 0; at < end; at++) {
    const sextet = SEXTETS[text.charCodeAt(at)] ?? -2;
    if (sextet === -2) throw fail('bad-value', at, 'a character that is no base64');
    if (sextet === -1) continue;
    sextets++;
    bits = ((bits << 6) | sextet) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[length++] = (bits >> held) & 0xff;
  }
  const padding = text.length - end - whiteIn(text, end);
  if ((sextets + padding) % 4 !== 0 || padding > 2)
    throw fail('truncated', text.length, 'base64 that ends in the middle');
  if ((bits & ((1 << held) - 1)) !== 0) throw fail('bad-value', end, 'base64 whose last bits are not zero');
  return bytes.slice(0, length);
}

/** Where the signs at the end begin that stand for no bits. */
function beginOfPadding(text: string): number {
  let end = text.length;
  while (end > 0 && (WHITE + PADDING).includes(text.charAt(end - 1))) end--;
  return end;
}

function whiteIn(text: string, from: number): number {
  let count = 0;
  for (let at = from; at < text.length; at++) if (text.charAt(at) !== PADDING) count++;
  return count;
}

/** Without line breaks. */
export function encodeBase64(bytes: Uint8Array): string {
  const groups: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const bits = (first << 16) | (second << 8) | third;
    const characters = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((bits >> shift) & 0x3f)).join('');
    const missing = Math.max(0, at + 3 - bytes.length);
    groups.push(characters.slice(0, 4 - missing) + PADDING.repeat(missing));
  }
  return groups.join('');
}
