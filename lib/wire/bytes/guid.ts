/** GUIDs in their usual spelling and as octets: the first three parts are little-endian numbers, the rest octets. [MS-DTYP] 2.3.4 */

/** Where the octets stand in the spelling. */
const ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** @param octets 16 of them */
export function guidText(octets: Uint8Array): string {
  const hex = ORDER.map((at) => (octets[at] ?? 0).toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** @throws RangeError where this is no GUID; braces and hyphens may stand in it or not */
export function guidOctets(text: string): Uint8Array {
  const hex = text.replaceAll(/[{}-]/g, '');
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new RangeError('not a GUID');
  return Uint8Array.from(ORDER, (at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}
