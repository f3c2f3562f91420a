/** NspiGetSpecialTable, NspiQueryColumns, NspiGetProps, NspiQueryRows: what is in the address book. [MS-OXNSPI] 3.1.4.1.3 to 3.1.4.1.8 */
import type { Trace } from '../../bytes/trace.ts';
import { wordsOfCode } from '../../mapi-codes.ts';
import { readStub } from '../../ndr/reader.ts';
import { writeStub } from '../../ndr/writer.ts';
import type { PropertyList } from '../row.ts';
import type { Stat } from '../stat.ts';
import { statIn, statOut, tagsIn, tagsOut } from './arguments.ts';
import { rowOut, rowsOut } from './rows.ts';

export interface NspiGetSpecialTableRequest {
  readonly handle: Uint8Array;
  /** Bits of `SPECIAL_TABLE_FLAG`. */
  readonly flags: number;
  readonly stat: Stat;
  /** Of the table that the client has already. */
  readonly version: number;
}

export interface NspiGetSpecialTableResponse {
  readonly version: number;
  /** Null where there is none; a client that has the newest one gets none, either. */
  readonly rows: readonly PropertyList[] | null;
  readonly status: number;
}

const SPECIAL_TABLE_SPEC = '[MS-OXNSPI] 3.1.4.1.3';
const QUERY_COLUMNS_SPEC = '[MS-OXNSPI] 3.1.4.1.5';
const GET_PROPS_SPEC = '[MS-OXNSPI] 3.1.4.1.7';
const QUERY_ROWS_SPEC = '[MS-OXNSPI] 3.1.4.1.8';

export function encodeNspiGetSpecialTableRequest(request: NspiGetSpecialTableRequest, trace?: Trace): Uint8Array {
  return writeStub(trace, (ndr) => {
    ndr.handle('hRpc', request.handle).u32('dwFlags', request.flags);
    statIn(ndr, request.stat).u32('lpVersion', request.version);
  });
}

export function decodeNspiGetSpecialTableRequest(stub: Uint8Array, trace?: Trace): NspiGetSpecialTableRequest {
  return readStub(stub, { path: 'nspi.getSpecialTable.request', spec: SPECIAL_TABLE_SPEC, trace }, (ndr) => ({
    handle: ndr.handle('hRpc'),
    flags: ndr.u32('dwFlags'),
    stat: statOut(ndr),
    version: ndr.u32('lpVersion'),
  }));
}

export function decodeNspiGetSpecialTableResponse(stub: Uint8Array, trace?: Trace): NspiGetSpecialTableResponse {
  return readStub(stub, { path: 'nspi.getSpecialTable.response', spec: SPECIAL_TABLE_SPEC, trace }, (ndr) => ({
    version: ndr.u32('lpVersion'),
    rows: rowsOut(ndr, 'ppRows'),
    status: ndr.status(wordsOfCode),
  }));
}

export interface NspiQueryColumnsRequest {
  readonly handle: Uint8Array;
  /** 0 or `UNICODE_PROPTYPES`. */
  readonly flags: number;
}

export interface NspiQueryColumnsResponse {
  readonly tags: readonly number[] | null;
  readonly status: number;
}

export function encodeNspiQueryColumnsRequest(request: NspiQueryColumnsRequest, trace?: Trace): Uint8Array {
  return writeStub(trace, (ndr) => {
    ndr.handle('hRpc', request.handle).u32('reserved', 0).u32('dwFlags', request.flags);
  });
}

export function decodeNspiQueryColumnsRequest(stub: Uint8Array, trace?: Trace): NspiQueryColumnsRequest {
  return readStub(stub, { path: 'nspi.queryColumns.request', spec: QUERY_COLUMNS_SPEC, trace }, (ndr) => {
    const handle = ndr.handle('hRpc');
    ndr.u32('reserved');
    return { handle, flags: ndr.u32('dwFlags') };
  });
}

export function decodeNspiQueryColumnsResponse(stub: Uint8Array, trace?: Trace): NspiQueryColumnsResponse {
  return readStub(stub, { path: 'nspi.queryColumns.response', spec: QUERY_COLUMNS_SPEC, trace }, (ndr) => ({
    tags: tagsOut(ndr, 'ppColumns'),
    status: ndr.status(wordsOfCode),
  }));
}

export interface NspiGetPropsRequest {
  readonly handle: Uint8Array;
  /** Bits of `RETRIEVE_FLAG`. */
  readonly flags: number;
  /** Whose CurrentRec names the object. */
  readonly stat: Stat;
  /** Null for all that there are. */
  readonly tags: readonly number[] | null;
}

export interface NspiGetPropsResponse {
  readonly properties: PropertyList | null;
  readonly status: number;
}

export function encodeNspiGetPropsRequest(request: NspiGetPropsRequest, trace?: Trace): Uint8Array {
  return writeStub(trace, (ndr) => {
    ndr.handle('hRpc', request.handle).u32('dwFlags', request.flags);
    tagsIn(statIn(ndr, request.stat), 'pPropTags', request.tags);
  });
}

export function decodeNspiGetPropsRequest(stub: Uint8Array, trace?: Trace): NspiGetPropsRequest {
  return readStub(stub, { path: 'nspi.getProps.request', spec: GET_PROPS_SPEC, trace }, (ndr) => ({
    handle: ndr.handle('hRpc'),
    flags: ndr.u32('dwFlags'),
    stat: statOut(ndr),
    tags: tagsOut(ndr, 'pPropTags'),
  }));
}

export function decodeNspiGetPropsResponse(stub: Uint8Array, trace?: Trace): NspiGetPropsResponse {
  return readStub(stub, { path: 'nspi.getProps.response', spec: GET_PROPS_SPEC, trace }, (ndr) => ({
    properties: rowOut(ndr, 'ppRows'),
    status: ndr.status(wordsOfCode),
  }));
}

export interface NspiQueryRowsRequest {
  readonly handle: Uint8Array;
  /** Bits of `RETRIEVE_FLAG`. */
  readonly flags: number;
  readonly stat: Stat;
  /** Minimal entry ids of the rows; null for those from the place in `stat` on. */
  readonly explicitTable: readonly number[] | null;
  /** How many rows. */
  readonly count: number;
  /** Null for the server's choice. */
  readonly tags: readonly number[] | null;
}

export interface NspiQueryRowsResponse {
  readonly stat: Stat;
  readonly rows: readonly PropertyList[] | null;
  readonly status: number;
}

export function encodeNspiQueryRowsRequest(request: NspiQueryRowsRequest, trace?: Trace): Uint8Array {
  const table = request.explicitTable;
  return writeStub(trace, (ndr) => {
    ndr.handle('hRpc', request.handle).u32('dwFlags', request.flags);
    statIn(ndr, request.stat)
      .u32('dwETableCount', table?.length ?? 0)
      .pointer('lpETable', table, (ids) => {
        ndr.u32('maxCount', ids.length).array('ids', ids, (id) => ndr.u32('id', id));
      })
      .u32('count', request.count);
    tagsIn(ndr, 'pPropTags', request.tags);
  });
}

export function decodeNspiQueryRowsRequest(stub: Uint8Array, trace?: Trace): NspiQueryRowsRequest {
  return readStub(stub, { path: 'nspi.queryRows.request', spec: QUERY_ROWS_SPEC, trace }, (ndr) => {
    const handle = ndr.handle('hRpc');
    const flags = ndr.u32('dwFlags');
    const stat = statOut(ndr);
    const length = ndr.u32('dwETableCount');
    const explicitTable = ndr.pointer('lpETable', () => {
      ndr.again('maxCount', length);
      return ndr.array('ids', length, 4, () => ndr.u32('id'));
    })();
    return { handle, flags, stat, explicitTable, count: ndr.u32('count'), tags: tagsOut(ndr, 'pPropTags') };
  });
}

export function decodeNspiQueryRowsResponse(stub: Uint8Array, trace?: Trace): NspiQueryRowsResponse {
  return readStub(stub, { path: 'nspi.queryRows.response', spec: QUERY_ROWS_SPEC, trace }, (ndr) => ({
    stat: statOut(ndr),
    rows: rowsOut(ndr, 'ppRows'),
    status: ndr.status(wordsOfCode),
  }));
}
