/** The containers of the address book, the rows of one of them, and the columns that rows can have. */
import type { Trace } from '../../bytes/trace.ts';
import {
  type Auxiliary,
  decodeRequestBody,
  decodeResponseBody,
  encodeRequestBody,
  type ResponseBody,
} from '../../mapi-http/body.ts';
import type { PropertyList, PropertyTable } from '../row.ts';
import { codePageWords, type Stat } from '../stat.ts';
import { readOptional, readState, writeOptional, writeState } from './optional.ts';
import { readLists, readMids, readTable, readTags, writeMids, writeTags } from './rows.ts';

const GET_SPECIAL_TABLE = '[MS-OXCMAPIHTTP] 2.2.5.8';
const QUERY_ROWS = '[MS-OXCMAPIHTTP] 2.2.5.12';
const QUERY_COLUMNS = '[MS-OXCMAPIHTTP] 2.2.5.13';
const GET_MATCHES = '[MS-OXCMAPIHTTP] 2.2.5.5';

/** 2.2.5.8.1 */
export interface GetSpecialTableRequest {
  /** Bits of `SPECIAL_TABLE_FLAG`; without any, the hierarchy of containers with 8-bit strings. */
  readonly flags: number;
  readonly state: Stat | null;
  /** Of the table that the client has already; 0 for none. */
  readonly version: number | null;
}

export function encodeGetSpecialTableRequest(
  { flags, state, version }: GetSpecialTableRequest,
  trace?: Trace,
): Uint8Array {
  return encodeRequestBody(trace, (writer) => {
    writeState(writer.u32('flags', flags), state);
    writeOptional(writer, 'hasVersion', version, (value) => writer.u32('version', value));
  });
}

export function decodeGetSpecialTableRequest(bytes: Uint8Array, trace?: Trace): GetSpecialTableRequest & Auxiliary {
  return decodeRequestBody(bytes, { path: 'getSpecialTable.request', spec: GET_SPECIAL_TABLE, trace }, (reader) => ({
    flags: reader.u32('flags'),
    state: readState(reader),
    version: readOptional(reader, 'hasVersion', () => reader.u32('version')),
  }));
}

/** 2.2.5.8.2 */
export interface GetSpecialTableResponse {
  readonly codePage: number;
  readonly version: number | null;
  /** One list for each container; null where the table has not changed. */
  readonly rows: readonly PropertyList[] | null;
}

export function decodeGetSpecialTableResponse(bytes: Uint8Array, trace?: Trace): ResponseBody<GetSpecialTableResponse> {
  return decodeResponseBody(bytes, { path: 'getSpecialTable.response', spec: GET_SPECIAL_TABLE, trace }, (reader) => ({
    codePage: reader.u32('codePage', codePageWords),
    version: readOptional(reader, 'hasVersion', () => reader.u32('version')),
    rows: readOptional(reader, 'hasRows', () => readLists(reader, 'rows')),
  }));
}

/** 2.2.5.12.1 */
export interface QueryRowsRequest {
  /** Bits of `RETRIEVE_FLAG`. */
  readonly flags: number;
  readonly state: Stat | null;
  /** Minimal entry ids of the rows; without any, those of the table from where the state stands. */
  readonly mids: readonly number[];
  /** Rows at most. */
  readonly rowCount: number;
  readonly columns: readonly number[] | null;
}

export function encodeQueryRowsRequest(request: QueryRowsRequest, trace?: Trace): Uint8Array {
  return encodeRequestBody(trace, (writer) => {
    writeState(writer.u32('flags', request.flags), request.state);
    writeMids(writer, 'explicitTable', request.mids);
    writer.u32('rowCount', request.rowCount);
    writeOptional(writer, 'hasColumns', request.columns, (tags) => writeTags(writer, 'columns', tags));
  });
}

export function decodeQueryRowsRequest(bytes: Uint8Array, trace?: Trace): QueryRowsRequest & Auxiliary {
  return decodeRequestBody(bytes, { path: 'queryRows.request', spec: QUERY_ROWS, trace }, (reader) => ({
    flags: reader.u32('flags'),
    state: readState(reader),
    mids: readMids(reader, 'explicitTable'),
    rowCount: reader.u32('rowCount'),
    columns: readOptional(reader, 'hasColumns', () => readTags(reader, 'columns')),
  }));
}

/** 2.2.5.12.2 */
export interface QueryRowsResponse {
  /** Behind the rows that came. */
  readonly state: Stat | null;
  readonly table: PropertyTable | null;
}

export function decodeQueryRowsResponse(bytes: Uint8Array, trace?: Trace): ResponseBody<QueryRowsResponse> {
  return decodeResponseBody(bytes, { path: 'queryRows.response', spec: QUERY_ROWS, trace }, (reader) => ({
    state: readState(reader),
    table: readOptional(reader, 'hasColumnsAndRows', () => readTable(reader)),
  }));
}

/** 2.2.5.13.1 @param flags 0 or `UNICODE_PROPTYPES` */
export function encodeQueryColumnsRequest({ flags }: { readonly flags: number }, trace?: Trace): Uint8Array {
  return encodeRequestBody(trace, (writer) => writer.u32('reserved', 0).u32('mapiFlags', flags));
}

export function decodeQueryColumnsRequest(bytes: Uint8Array, trace?: Trace): { readonly flags: number } & Auxiliary {
  return decodeRequestBody(bytes, { path: 'queryColumns.request', spec: QUERY_COLUMNS, trace }, (reader) => {
    reader.u32('reserved');
    return { flags: reader.u32('mapiFlags') };
  });
}

/** 2.2.5.13.2 */
export interface QueryColumnsResponse {
  readonly columns: readonly number[] | null;
}

export function decodeQueryColumnsResponse(bytes: Uint8Array, trace?: Trace): ResponseBody<QueryColumnsResponse> {
  return decodeResponseBody(bytes, { path: 'queryColumns.response', spec: QUERY_COLUMNS, trace }, (reader) => ({
    columns: readOptional(reader, 'hasColumns', () => readTags(reader, 'columns')),
  }));
}

/** 2.2.5.5.2; the request has a restriction, and is not ours to make. */
export interface GetMatchesResponse {
  readonly state: Stat | null;
  readonly mids: readonly number[] | null;
  readonly table: PropertyTable | null;
}

export function decodeGetMatchesResponse(bytes: Uint8Array, trace?: Trace): ResponseBody<GetMatchesResponse> {
  return decodeResponseBody(bytes, { path: 'getMatches.response', spec: GET_MATCHES, trace }, (reader) => ({
    state: readState(reader),
    mids: readOptional(reader, 'hasMinimalIds', () => readMids(reader, 'minimalIds')),
    table: readOptional(reader, 'hasColumnsAndRows', () => readTable(reader)),
  }));
}
