/** The ROPs that list folders: open one, take the table of what is in it, choose columns, fetch rows. [MS-OXCROPS] 2.2.4, 2.2.5 */
import type { ByteReader } from '../bytes/reader.ts';
import type { ByteWriter } from '../bytes/writer.ts';
import { tagMeaning, tagName } from '../nspi/property-tags.ts';
import type { PropertyList } from '../nspi/row.ts';
import { ROP_FORM, readFlaggedValue, readOpenValue } from '../nspi/value-codec.ts';
import { folderIdWords } from './folder-id.ts';

/** Of GetHierarchyTable: folders within folders too. [MS-OXCFOLD] 2.2.1.13.1 */
export const DEPTH = 0x04;

/** Slots of the handle table: `input` holds what it works on, `output` is where the handle goes that it makes. */
export type FolderRequest =
  /** [MS-OXCROPS] 2.2.4.1 */
  | {
      readonly rop: 'open-folder';
      readonly logonId: number;
      readonly input: number;
      readonly output: number;
      readonly folderId: bigint;
    }
  /** 2.2.4.13 */
  | {
      readonly rop: 'get-hierarchy-table';
      readonly logonId: number;
      readonly input: number;
      readonly output: number;
      /** 0 or `DEPTH`. */
      readonly tableFlags: number;
    }
  /** 2.2.5.1 */
  | {
      readonly rop: 'set-columns';
      readonly logonId: number;
      readonly input: number;
      readonly columns: readonly number[];
    }
  /** 2.2.5.4; forwards, from where the table stands. */
  | {
      readonly rop: 'query-rows';
      readonly logonId: number;
      readonly input: number;
      readonly rowCount: number;
      /** What was set before. It is not sent; without it nobody can read the rows. */
      readonly columns: readonly number[];
    };

/** What follows the head that all ROPs have. */
export function writeFolderRequest(writer: ByteWriter, request: FolderRequest): void {
  writer.u8('inputHandleIndex', request.input);
  switch (request.rop) {
    case 'open-folder':
      writer.u8('outputHandleIndex', request.output).u64('folderId', request.folderId, folderIdWords);
      writer.u8('openModeFlags', 0);
      return;
    case 'get-hierarchy-table':
      writer.u8('outputHandleIndex', request.output).u8('tableFlags', request.tableFlags);
      return;
    case 'set-columns':
      writer.u8('setColumnsFlags', 0).u16('propertyTagCount', request.columns.length);
      writer.group('propertyTags', () => {
        for (const [index, tag] of request.columns.entries()) writer.u32(`[${index}]`, tag, tagMeaning);
      });
      return;
    case 'query-rows':
      writer.u8('queryRowsFlags', 0).u8('forwardRead', 1).u16('rowCount', request.rowCount);
      return;
  }
}

export type FolderReply =
  | {
      readonly kind: 'folder';
      readonly handleIndex: number;
      readonly hasRules: boolean;
      /** Servers that have the contents of a public folder; null where this one has them. */
      readonly servers: readonly string[] | null;
    }
  | { readonly kind: 'table'; readonly handleIndex: number; readonly rowCount: number }
  | { readonly kind: 'columns'; readonly handleIndex: number; readonly tableStatus: number }
  | {
      readonly kind: 'rows';
      readonly handleIndex: number;
      /** Where the table stands now, one of `ORIGIN`. */
      readonly origin: number;
      readonly rows: readonly PropertyList[];
    };

/** [MS-OXCTABL] 2.2.2.1.1 */
export const ORIGIN = { beginning: 0, current: 1, end: 2 } as const;

const GHOSTED_SPEC = '[MS-OXCROPS] 2.2.4.1.2';
const ROW_SPEC = '[MS-OXCDATA] 2.8.1';

/** What follows the return value 0. */
export function readFolderReply(reader: ByteReader, request: FolderRequest, handleIndex: number): FolderReply {
  switch (request.rop) {
    case 'open-folder':
      return { kind: 'folder', handleIndex, hasRules: reader.u8('hasRules') !== 0, servers: readGhosted(reader) };
    case 'get-hierarchy-table':
      return { kind: 'table', handleIndex, rowCount: reader.u32('rowCount') };
    case 'set-columns':
      return { kind: 'columns', handleIndex, tableStatus: reader.u8('tableStatus', tableStatusWords) };
    case 'query-rows': {
      const origin = reader.u8('origin', originWords);
      return { kind: 'rows', handleIndex, origin, rows: readRows(reader, request.columns) };
    }
  }
}

function readGhosted(reader: ByteReader): string[] | null {
  if (reader.u8('isGhosted') === 0) return null;
  return reader.group(
    'servers',
    () => {
      const count = reader.count('serverCount', 2, 1);
      reader.u16('cheapServerCount');
      return Array.from({ length: count }, (_, index) => reader.asciiz(`[${index}]`));
    },
    GHOSTED_SPEC,
  );
}

function readRows(reader: ByteReader, columns: readonly number[]): PropertyList[] {
  const count = reader.count('rowCount', 2, 1);
  return Array.from({ length: count }, (_, index) =>
    reader.group(`rowData[${index}]`, () => readRow(reader, columns), ROW_SPEC),
  );
}

function readRow(reader: ByteReader, columns: readonly number[]): PropertyList {
  const at = reader.offset;
  const flag = reader.u8('flag');
  if (flag > 1) throw reader.fault('bad-value', 'flag', 'neither 0 nor 1', at);
  const read = flag === 0 ? readOpenValue : readFlaggedValue;
  return columns.map((tag) => ({ tag, value: read(reader, tagName(tag), tag, ROP_FORM) }));
}

const originWords = (origin: number): string =>
  ['beginning of the table', 'somewhere in the table', 'end of the table'][origin] ?? '';
const tableStatusWords = (status: number): string => (status === 0 ? 'complete' : '');
