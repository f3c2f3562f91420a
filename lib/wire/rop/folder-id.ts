/** Folder ids: which replica of a store made the folder, and the how many-th thing it made. [MS-OXCDATA] 2.2.1.1 */

/**
 * As people write it: `1:108`, the replica and the counter, both hexadecimal.
 * @param id the 64 bits as they stand on the wire, which are a little-endian u16 and a big-endian counter of 48 bits
 */
export function folderIdWords(id: bigint): string {
  const replica = id & 0xffffn;
  let counter = 0n;
  for (let shift = 16n; shift < 64n; shift += 8n) counter = (counter << 8n) | ((id >> shift) & 0xffn);
  return `${replica.toString(16)}:${counter.toString(16)}`;
}
