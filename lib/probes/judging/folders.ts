/** The list of folders, whichever protocol carries it. Names and counts are all that is read of a mailbox. [MS-OXCFOLD] 2.2.1.13 */
import type { FactsEvidence } from '#lib/result/evidence.ts';
import { numberOf, textOf } from '#lib/wire/nspi/property-value.ts';
import { propertyOf } from '#lib/wire/nspi/row.ts';
import type { RopReplies } from '#lib/wire/rop/replies.ts';
import { NO_HANDLE, type RopRequests } from '#lib/wire/rop/requests.ts';
import type { LoggedOn } from './logon.ts';

export interface Folder {
  readonly name: string;
  readonly items: number;
  readonly hasSubfolders: boolean;
}

/** [MS-OXPROPS] 2.655, 2.749, 2.625, 2.978 */
const TAG = { folderId: 0x6748_0014, name: 0x3001_001f, items: 0x3602_0003, subfolders: 0x360a_000b } as const;
const COLUMNS = Object.values(TAG);
/** A mailbox has some twenty at its top. */
const MOST_ROWS = 100;

/** Four operations in one request, each of which works on what the one before has made. */
export function folderRequests({ handle, ipmSubtree }: LoggedOn): RopRequests {
  return {
    requests: [
      { rop: 'open-folder', logonId: 0, input: 0, output: 1, folderId: ipmSubtree },
      { rop: 'get-hierarchy-table', logonId: 0, input: 1, output: 2, tableFlags: 0 },
      { rop: 'set-columns', logonId: 0, input: 2, columns: COLUMNS },
      { rop: 'query-rows', logonId: 0, input: 2, rowCount: MOST_ROWS, columns: COLUMNS },
    ],
    handles: [handle, NO_HANDLE, NO_HANDLE],
  };
}

const CALL_FAILED = 0x8000_4005;

/** The folders; or the code of the operation that was refused. */
export function foldersIn(blocks: readonly RopReplies[]): readonly Folder[] | number {
  const replies = blocks.flatMap((block) => block.replies).filter((reply) => reply !== null);
  const refused = replies.find(({ kind }) => kind === 'refused');
  if (refused?.kind === 'refused') return refused.returnValue;
  const rows = replies.find(({ kind }) => kind === 'rows');
  if (rows?.kind !== 'rows') return CALL_FAILED;
  return rows.rows.map((row) => {
    const subfolders = propertyOf(row, TAG.subfolders);
    return {
      name: textOf(propertyOf(row, TAG.name)) ?? '',
      items: numberOf(propertyOf(row, TAG.items)) ?? 0,
      hasSubfolders: subfolders.type === 'boolean' && subfolders.value,
    };
  });
}

/** The folders as a table of names and counts. */
export function folderTable(folders: readonly Folder[]): NonNullable<FactsEvidence['tables']>[number] {
  const rows = folders.map(({ name, items, hasSubfolders }) => [
    name.slice(0, 200),
    String(items),
    hasSubfolders ? 'yes' : 'no',
  ]);
  return { title: 'Folders', columns: ['Folder', 'Items', 'Has folders of its own'], rows };
}
