/** Names and passwords as NTLM writes them: UTF-16 in little-endian units, without mark or end. [MS-NLMP] 2.2 */

/** Each unit as it is, so that nothing is lost of what is no character either: half of a surrogate pair, U+0000. */
export function encodeUtf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), true);
  return bytes;
}

/** @param bytes an even number of them */
export function decodeUtf16(bytes: Uint8Array): string {
  const units: string[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2)
    units.push(String.fromCharCode((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)));
  return units.join('');
}

/** An OEM code page: which one is nowhere told, so what is not ASCII stays unknown. */
export function decodeOem(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : '\ufffd')).join('');
}
