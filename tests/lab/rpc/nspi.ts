/** The address book over RPC, which answers what it answers over MAPI/HTTP too, in NDR. [MS-OXNSPI] 3.1.4.1 */
import type { Place } from '../place.ts';
import {
  AddressBook,
  type AddressBookBend,
  type Property,
  type Row,
  SERVER_GUID,
  type Stat,
} from '../store/address-book.ts';
import { NotReadable } from '../store/bytes.ts';
import { ecNotFound, GENERAL_FAILURE, SUCCESS, UNBIND_SUCCESS } from '../store/codes.ts';
import { asError, typeOf, type Value } from '../store/tags.ts';
import { type Call, type Caller, type Interface, newHandle } from './interface.ts';
import { type NdrReader, NdrWriter, NULL_HANDLE } from './ndr.ts';

/** The two of Unbind are the only calls whose success is not zero. */
const UNBIND_FAILURE = 2;

type Answer = (args: NdrReader, book: AddressBook | null) => Buffer;

export function nspi(bend: AddressBookBend = {}): Interface {
  const bookOf = (place: Place) => new AddressBook(place, bend);
  return {
    syntax: { uuid: 'f5cc5a18-4264-101a-8c59-08002b2f8426', major: 56, minor: 0 },
    calls: {
      0: { name: 'NspiBind', answer: (args, caller) => bind(args, caller, bookOf(caller.place)) },
      1: { name: 'NspiUnbind', answer: unbind },
      2: bound('NspiUpdateStat', updateStat),
      3: bound('NspiQueryRows', queryRows),
      7: bound('NspiDNToMId', dnToMid),
      8: bound('NspiGetPropList', getPropList),
      9: bound('NspiGetProps', getProps),
      12: bound('NspiGetSpecialTable', getSpecialTable),
      16: bound('NspiQueryColumns', (_args, book) =>
        tagArray(new NdrWriter(), book?.queryColumns() ?? null)
          .u32(statusOf(book))
          .done(),
      ),
      19: bound('NspiResolveNames', (args, book) => resolveNames(args, book, 'string')),
      20: bound('NspiResolveNamesW', (args, book) => resolveNames(args, book, 'wide')),
    },
  };
}

/** A call that begins with the handle of NspiBind. */
function bound(name: string, answer: Answer): Call {
  return { name, answer: (args, { kept }) => answer(args, kept.books.get(args.handle()) ?? null) };
}

const statusOf = (book: AddressBook | null): number => (book ? SUCCESS : GENERAL_FAILURE);

function bind(args: NdrReader, { kept }: Caller, book: AddressBook): Buffer {
  args.u32();
  const stat = readStat(args);
  const wantsGuid = args.pointer();
  const status = book.bind(stat);
  const handle = status === SUCCESS ? newHandle(1) : NULL_HANDLE;
  if (status === SUCCESS) kept.books.set(handle, book);
  const writer = new NdrWriter().pointer(wantsGuid);
  if (wantsGuid) writer.guid(status === SUCCESS ? SERVER_GUID : '00000000-0000-0000-0000-000000000000');
  return writer.handle(handle).u32(status).done();
}

function unbind(args: NdrReader, { kept }: Caller): Buffer {
  const status = kept.books.delete(args.handle()) ? UNBIND_SUCCESS : UNBIND_FAILURE;
  return new NdrWriter().handle(NULL_HANDLE).u32(status).done();
}

function updateStat(args: NdrReader, book: AddressBook | null): Buffer {
  args.u32();
  const asked = readStat(args);
  const wantsDelta = args.pointer();
  const { stat, delta } = book?.updateStat(asked) ?? { stat: asked, delta: 0 };
  const writer = writeStat(new NdrWriter(), stat).pointer(wantsDelta);
  if (wantsDelta) writer.u32(delta);
  return writer.u32(statusOf(book)).done();
}

function queryRows(args: NdrReader, book: AddressBook | null): Buffer {
  args.u32();
  const asked = readStat(args);
  const tableLength = args.u32();
  const table = args.pointer() ? times(args.count(), () => args.u32()) : null;
  if (table !== null && table.length !== tableLength) throw new NotReadable('The table has another length.');
  const count = args.u32();
  const tags = args.pointer() ? readTags(args) : null;
  const { status, stat, rows } = book?.queryRows(asked, table, count, tags) ?? {
    status: GENERAL_FAILURE,
    stat: asked,
    rows: null,
  };
  return rowSet(writeStat(new NdrWriter(), stat), status === SUCCESS ? (rows?.map(withErrors) ?? null) : null)
    .u32(status)
    .done();
}

function dnToMid(args: NdrReader, book: AddressBook | null): Buffer {
  args.u32();
  const names = readStrings(args, 'string');
  return tagArray(new NdrWriter(), book?.dnToMid(names) ?? null)
    .u32(statusOf(book))
    .done();
}

function getPropList(args: NdrReader, book: AddressBook | null): Buffer {
  args.u32();
  const { status, tags } = book?.getPropList(args.u32()) ?? { status: GENERAL_FAILURE, tags: [] };
  return tagArray(new NdrWriter(), status === SUCCESS ? tags : null)
    .u32(status)
    .done();
}

function getProps(args: NdrReader, book: AddressBook | null): Buffer {
  args.u32();
  const stat = readStat(args);
  const tags = args.pointer() ? readTags(args) : null;
  const { status, properties } = book?.getProps(stat, tags) ?? { status: GENERAL_FAILURE, properties: [] };
  const writer = new NdrWriter().pointer(properties.length > 0);
  if (properties.length > 0) {
    writer.u32(0).u32(properties.length).pointer();
    propertyValues(writer, properties);
  }
  return writer.u32(status).done();
}

function getSpecialTable(_args: NdrReader, book: AddressBook | null): Buffer {
  // What else stands in the request changes nothing here, and a client that has a pointer too many is understood.
  const { status, version, rows } = book?.specialTable() ?? { status: GENERAL_FAILURE, version: 0, rows: null };
  return rowSet(new NdrWriter().u32(version), status === SUCCESS ? rows : null)
    .u32(status)
    .done();
}

function resolveNames(args: NdrReader, book: AddressBook | null, kind: 'string' | 'wide'): Buffer {
  args.u32();
  readStat(args);
  const tags = args.pointer() ? readTags(args) : null;
  const names = readStrings(args, kind);
  const columns = tags ?? book?.queryColumns() ?? [];
  const { status, mids, rows } = book?.resolveNames(names, columns) ?? { status: GENERAL_FAILURE, mids: [], rows: [] };
  const writer = tagArray(new NdrWriter(), status === SUCCESS ? mids : null);
  return rowSet(writer, status === SUCCESS ? rows.map(withErrors) : null)
    .u32(status)
    .done();
}

const times = <T>(count: number, read: () => T): T[] => Array.from({ length: count }, read);

function readStat(args: NdrReader): Stat {
  return {
    sortType: args.u32(),
    containerId: args.u32(),
    currentRec: args.u32(),
    delta: args.i32(),
    numPos: args.u32(),
    totalRecs: args.u32(),
    codePage: args.u32(),
    templateLocale: args.u32(),
    sortLocale: args.u32(),
  };
}

function writeStat(writer: NdrWriter, stat: Stat): NdrWriter {
  const { sortType, containerId, currentRec, delta, numPos, totalRecs, codePage, templateLocale, sortLocale } = stat;
  const fields = [sortType, containerId, currentRec, delta, numPos, totalRecs, codePage, templateLocale, sortLocale];
  for (const field of fields) writer.u32(field);
  return writer;
}

/** PropertyTagArray_r: there is room for one more than there are. [MS-OXNSPI] 2.3.1.1 */
function readTags(args: NdrReader): number[] {
  const room = args.count();
  const count = args.u32();
  const offset = args.u32();
  if (args.count() !== count || offset !== 0 || count + 1 !== room) throw new NotReadable('These are no tags.');
  return times(count, () => args.u32());
}

/** A pointer to tags, or to ids in their form, and what it leads to. */
function tagArray(writer: NdrWriter, tags: readonly number[] | null): NdrWriter {
  if (tags === null) return writer.pointer(false);
  writer
    .pointer()
    .u32(tags.length + 1)
    .u32(tags.length)
    .u32(0)
    .u32(tags.length);
  for (const tag of tags) writer.u32(tag);
  return writer;
}

/** StringsArray_r and WStringsArray_r. [MS-OXNSPI] 2.3.1.4, 2.3.1.5 */
function readStrings(args: NdrReader, kind: 'string' | 'wide'): string[] {
  const room = args.count();
  const count = args.u32();
  if (room !== count) throw new NotReadable('These are no strings.');
  const pointers = times(count, () => args.pointer());
  return pointers.map((isThere) => (isThere ? args[kind]() : ''));
}

/** A pointer to PropertyRowSet_r; what the rows point to follows all of them. [MS-OXNSPI] 2.3.1.6 */
function rowSet(writer: NdrWriter, rows: readonly Row[] | null): NdrWriter {
  if (rows === null) return writer.pointer(false);
  writer.pointer().u32(rows.length).u32(rows.length);
  for (const row of rows)
    writer
      .u32(0)
      .u32(row.length)
      .pointer(row.length > 0);
  for (const row of rows) if (row.length > 0) propertyValues(writer, row);
  return writer;
}

/** The values of a row, and behind them what they point to. [MS-OXNSPI] 2.3.1.2 */
function propertyValues(writer: NdrWriter, row: Row): void {
  writer.u32(row.length);
  const deferred: (() => void)[] = [];
  for (const { tag, value } of row) {
    writer.u32(tag).u32(0).u32(typeOf(tag));
    arm(writer, typeOf(tag), value, deferred);
  }
  for (const write of deferred) write();
}

/** Whoever has no value for a column has an error in its place. In the special table a string without value leads nowhere. */
const withErrors = (row: Row): Row =>
  row.map((property): Property => {
    const { tag, value } = property;
    return value === null ? { tag: asError(tag), value: ecNotFound } : property;
  });

/** The arm of the union that belongs to a type. [MS-OXNSPI] 2.3.1.11 */
function arm(writer: NdrWriter, type: number, value: Value | null, deferred: (() => void)[]): void {
  switch (type) {
    case 0x0b:
      writer.u16(value === true ? 1 : 0);
      return;
    case 0x03:
    case 0x0a:
      writer.u32(Number(value ?? 0));
      return;
    case 0x1e:
    case 0x1f:
      writer.pointer(value !== null);
      if (value !== null) deferred.push(() => string(writer, type, String(value)));
      return;
    case 0x102: {
      const octets = value instanceof Uint8Array ? value : new Uint8Array();
      writer.u32(octets.length).pointer(octets.length > 0);
      if (octets.length > 0) deferred.push(() => writer.u32(octets.length).bytes(octets));
      return;
    }
    case 0x101e:
    case 0x101f: {
      const all = Array.isArray(value) ? value.map(String) : [];
      writer.u32(all.length).pointer(all.length > 0);
      if (all.length > 0) deferred.push(() => texts(writer, type & 0xfff, all));
      return;
    }
    default:
      throw new Error(`The address book has no values of type ${type.toString(16)}.`);
  }
}

function texts(writer: NdrWriter, type: number, all: readonly string[]): void {
  writer.u32(all.length);
  for (const _each of all) writer.pointer();
  for (const each of all) string(writer, type, each);
}

function string(writer: NdrWriter, type: number, value: string): void {
  if (type === 0x1e) writer.string(value);
  else writer.wide(value);
}
