/** Tags, lists and tables as they stand in the bodies of MAPI/HTTP. [MS-OXCMAPIHTTP] 2.2.1 */
import type { ByteReader } from '../../bytes/reader.ts';
import type { ByteWriter } from '../../bytes/writer.ts';
import { tagMeaning, tagName } from '../property-tags.ts';
import type { PropertyList, PropertyTable } from '../row.ts';
import { ADDRESS_BOOK_FORM, readFlaggedValue, readOpenValue } from '../value-codec.ts';

/** [MS-OXCMAPIHTTP] 2.2.1.8 */
export const MOST_TAGS = 100_000;
/**
 * Values in one answer. We ask for some fifty rows of a dozen columns; and as a value can be one octet, or none, a small answer could
 * claim billions.
 */
export const MOST_VALUES = 200_000;

const TAGS_SPEC = '[MS-OXCMAPIHTTP] 2.2.1.8';
const ROW_SPEC = '[MS-OXCMAPIHTTP] 2.2.1.7';
const LIST_SPEC = '[MS-OXCMAPIHTTP] 2.2.1.3';

/** A large array of tags. 2.2.1.8 */
export function writeTags(writer: ByteWriter, name: string, tags: readonly number[]): void {
  writer.group(name, () => {
    writer.u32('propertyTagCount', tags.length);
    for (const [index, tag] of tags.entries()) writer.u32(`[${index}]`, tag, tagMeaning);
  });
}

export function readTags(reader: ByteReader, name: string): number[] {
  return reader.group(
    name,
    () => {
      const count = reader.count('propertyTagCount', 4, 4, MOST_TAGS);
      return Array.from({ length: count }, (_, index) => reader.u32(`[${index}]`, tagMeaning));
    },
    TAGS_SPEC,
  );
}

/** Minimal entry ids with their count. */
export function writeMids(writer: ByteWriter, name: string, mids: readonly number[]): void {
  writer.group(name, () => {
    writer.u32('minimalIdCount', mids.length);
    for (const [index, mid] of mids.entries()) writer.u32(`[${index}]`, mid);
  });
}

/** @param words says what a number means that is no id */
export function readMids(reader: ByteReader, name: string, words?: (mid: number) => string): number[] {
  return reader.group(name, () => {
    const count = reader.count('minimalIdCount', 4, 4, MOST_VALUES);
    return Array.from({ length: count }, (_, index) => reader.u32(`[${index}]`, words));
  });
}

/** Values with their tags, of one object. 2.2.1.3 */
export function readList(reader: ByteReader, name: string): PropertyList {
  return reader.group(
    name,
    () => {
      const count = reader.count('propertyValueCount', 4, 4, MOST_VALUES);
      return Array.from({ length: count }, (_, index) =>
        reader.group(`[${index}]`, () => {
          const tag = reader.u32('propertyTag', tagMeaning);
          return { tag, value: readOpenValue(reader, 'propertyValue', tag, ADDRESS_BOOK_FORM) };
        }),
      );
    },
    LIST_SPEC,
  );
}

/** Lists of several objects, with their number before them. */
export function readLists(reader: ByteReader, name: string): PropertyList[] {
  return reader.group(name, () => {
    const lists: PropertyList[] = [];
    let values = 0;
    for (let rest = reader.count('rowsCount', 4, 4, MOST_VALUES); rest > 0; rest -= 1) {
      const list = readList(reader, `[${lists.length}]`);
      values += list.length;
      if (values > MOST_VALUES) throw reader.fault('too-large', '', `more than ${MOST_VALUES} values`);
      lists.push(list);
    }
    return lists;
  });
}

/** Columns, and rows that have a value for each of them. */
export function readTable(reader: ByteReader): PropertyTable {
  const columns = readTags(reader, 'columns');
  const most = Math.floor(MOST_VALUES / Math.max(1, columns.length));
  const count = reader.count('rowCount', 4, 1, most);
  const rows = Array.from({ length: count }, (_, index) =>
    reader.group(`rowData[${index}]`, () => readRow(reader, columns), ROW_SPEC),
  );
  return { columns, rows };
}

function readRow(reader: ByteReader, columns: readonly number[]): PropertyList {
  const at = reader.offset;
  const flags = reader.u8(
    'flags',
    (value) => ['all values are there', 'each value says whether it is there'][value] ?? '',
  );
  if (flags > 1) throw reader.fault('bad-value', 'flags', 'neither 0 nor 1', at);
  const read = flags === 0 ? readOpenValue : readFlaggedValue;
  return columns.map((tag) => ({ tag, value: read(reader, tagName(tag), tag, ADDRESS_BOOK_FORM) }));
}
