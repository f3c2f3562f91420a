/** The remote operations that are spoken here, by number. [MS-OXCROPS] 2.2.2 */

/** By readable names; `ROP_NAMES` has those of the document. */
export const ROP_ID = {
  release: 0x01,
  'open-folder': 0x02,
  'get-hierarchy-table': 0x04,
  'set-columns': 0x12,
  'query-rows': 0x15,
  pending: 0x6e,
  backoff: 0xf9,
  logon: 0xfe,
  'buffer-too-small': 0xff,
} as const;
export type RopName = keyof typeof ROP_ID;

const ROP_NAMES = new Map<number, string>([
  [ROP_ID.release, 'RopRelease'],
  [ROP_ID['open-folder'], 'RopOpenFolder'],
  [ROP_ID['get-hierarchy-table'], 'RopGetHierarchyTable'],
  [ROP_ID['set-columns'], 'RopSetColumns'],
  [ROP_ID['query-rows'], 'RopQueryRows'],
  [ROP_ID.pending, 'RopPending'],
  [ROP_ID.backoff, 'RopBackoff'],
  [ROP_ID.logon, 'RopLogon'],
  [ROP_ID['buffer-too-small'], 'RopBufferTooSmall'],
]);

/** `RopLogon`; nothing for one that is not spoken here. */
export const ropWords = (id: number): string => ROP_NAMES.get(id) ?? '';
