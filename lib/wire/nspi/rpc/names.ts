/** NspiDNToMId and NspiResolveNamesW: who is meant by a name. [MS-OXNSPI] 3.1.4.1.13, 3.1.4.1.17 */
import type { Trace } from '../../bytes/trace.ts';
import { wordsOfCode } from '../../mapi-codes.ts';
import { readStub } from '../../ndr/reader.ts';
import { writeStub } from '../../ndr/writer.ts';
import type { PropertyList } from '../row.ts';
import { nameResultWords, type Stat } from '../stat.ts';
import { statIn, statOut, stringsIn, stringsOut, tagsIn, tagsOut } from './arguments.ts';
import { rowsOut } from './rows.ts';

export interface NspiDnToMIdRequest {
  readonly handle: Uint8Array;
  readonly dns: readonly string[];
}

export interface NspiDnToMIdResponse {
  /** A minimal entry id for each DN; 0 where nobody has it. */
  readonly mids: readonly number[] | null;
  readonly status: number;
}

const DN_SPEC = '[MS-OXNSPI] 3.1.4.1.13';
const NAMES_SPEC = '[MS-OXNSPI] 3.1.4.1.17';

export function encodeNspiDnToMIdRequest({ handle, dns }: NspiDnToMIdRequest, trace?: Trace): Uint8Array {
  return writeStub(trace, (ndr) => {
    stringsIn(ndr.handle('hRpc', handle).u32('reserved', 0), 'pNames', dns, 'text8');
  });
}

export function decodeNspiDnToMIdRequest(stub: Uint8Array, trace?: Trace): NspiDnToMIdRequest {
  return readStub(stub, { path: 'nspi.dnToMId.request', spec: DN_SPEC, trace }, (ndr) => {
    const handle = ndr.handle('hRpc');
    ndr.u32('reserved');
    return { handle, dns: stringsOut(ndr, 'pNames', 'text8') };
  });
}

export function decodeNspiDnToMIdResponse(stub: Uint8Array, trace?: Trace): NspiDnToMIdResponse {
  return readStub(stub, { path: 'nspi.dnToMId.response', spec: DN_SPEC, trace }, (ndr) => ({
    mids: tagsOut(ndr, 'ppOutMIds', () => ''),
    status: ndr.status(wordsOfCode),
  }));
}

export interface NspiResolveNamesWRequest {
  readonly handle: Uint8Array;
  readonly stat: Stat;
  /** Null for the server's choice. */
  readonly tags: readonly number[] | null;
  /** As they would be typed in, or `=SMTP:alice@contoso.example`. */
  readonly names: readonly string[];
}

export interface NspiResolveNamesWResponse {
  /** One of `NAME_RESULT` for each name. */
  readonly results: readonly number[] | null;
  /** For those names alone that were found. */
  readonly rows: readonly PropertyList[] | null;
  readonly status: number;
}

export function encodeNspiResolveNamesWRequest(request: NspiResolveNamesWRequest, trace?: Trace): Uint8Array {
  return writeStub(trace, (ndr) => {
    statIn(ndr.handle('hRpc', request.handle).u32('reserved', 0), request.stat);
    stringsIn(tagsIn(ndr, 'pPropTags', request.tags), 'paStr', request.names, 'text16');
  });
}

export function decodeNspiResolveNamesWRequest(stub: Uint8Array, trace?: Trace): NspiResolveNamesWRequest {
  return readStub(stub, { path: 'nspi.resolveNamesW.request', spec: NAMES_SPEC, trace }, (ndr) => {
    const handle = ndr.handle('hRpc');
    ndr.u32('reserved');
    const stat = statOut(ndr);
    return { handle, stat, tags: tagsOut(ndr, 'pPropTags'), names: stringsOut(ndr, 'paStr', 'text16') };
  });
}

export function decodeNspiResolveNamesWResponse(stub: Uint8Array, trace?: Trace): NspiResolveNamesWResponse {
  return readStub(stub, { path: 'nspi.resolveNamesW.response', spec: NAMES_SPEC, trace }, (ndr) => ({
    results: tagsOut(ndr, 'ppMIds', nameResultWords),
    rows: rowsOut(ndr, 'ppRows'),
    status: ndr.status(wordsOfCode),
  }));
}
