/** Why the store failed, in words for the person who looks at a result that is not kept. */

/** SQLite's result codes, https://www.sqlite.org/rescode.html; the extended ones hold the primary code in their low byte. */
const reasons: Readonly<Record<number, string>> = {
  5: 'the store is locked by another program',
  8: 'the store may only be read',
  10: 'the disk reports an error',
  11: 'the store is damaged',
  13: 'the disk is full',
  14: 'the store cannot be opened',
  26: 'the file is not a store',
};

/** The reason as half a sentence. */
export function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) : Number.NaN;
  const known = reasons[code & 0xff];
  if (known !== undefined) return known;
  return `the store says: ${error instanceof Error ? error.message : String(error)}`;
}
