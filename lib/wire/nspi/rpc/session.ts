/** NspiBind and NspiUnbind: a conversation with the address book begins and ends. [MS-OXNSPI] 3.1.4.1.1, 3.1.4.1.2 */
import type { Trace } from '../../bytes/trace.ts';
import { wordsOfCode } from '../../mapi-codes.ts';
import { readStub } from '../../ndr/reader.ts';
import { writeStub } from '../../ndr/writer.ts';
import type { Stat } from '../stat.ts';
import { statIn, statOut } from './arguments.ts';

export interface NspiBindRequest {
  /** 0 or `ANONYMOUS_LOGIN`. */
  readonly flags: number;
  readonly stat: Stat;
}

export interface NspiBindResponse {
  /** Null where the server gives none. */
  readonly serverGuid: string | null;
  /** All zero where it refuses. */
  readonly handle: Uint8Array;
  readonly status: number;
}

const BIND_SPEC = '[MS-OXNSPI] 3.1.4.1.1';
const UNBIND_SPEC = '[MS-OXNSPI] 3.1.4.1.2';
const NO_GUID = '00000000-0000-0000-0000-000000000000';

/** Always with room for the server's GUID. */
export function encodeNspiBindRequest({ flags, stat }: NspiBindRequest, trace?: Trace): Uint8Array {
  return writeStub(trace, (ndr) => {
    statIn(ndr.u32('dwFlags', flags), stat).pointer('pServerGuid', NO_GUID, (guid) => void ndr.flatUid('ab', guid));
  });
}

export function decodeNspiBindRequest(stub: Uint8Array, trace?: Trace): NspiBindRequest {
  return readStub(stub, { path: 'nspi.bind.request', spec: BIND_SPEC, trace }, (ndr) => {
    const flags = ndr.u32('dwFlags');
    const stat = statOut(ndr);
    ndr.pointer('pServerGuid', () => ndr.flatUid('ab'));
    return { flags, stat };
  });
}

export function decodeNspiBindResponse(stub: Uint8Array, trace?: Trace): NspiBindResponse {
  return readStub(stub, { path: 'nspi.bind.response', spec: BIND_SPEC, trace }, (ndr) => ({
    serverGuid: ndr.pointer('pServerGuid', () => ndr.flatUid('ab'))(),
    handle: ndr.handle('contextHandle'),
    status: ndr.status(wordsOfCode),
  }));
}

export interface NspiUnbindRequest {
  readonly handle: Uint8Array;
}

export interface NspiUnbindResponse {
  readonly handle: Uint8Array;
  /** `UNBIND_SUCCESS` where it worked. */
  readonly status: number;
}

export function encodeNspiUnbindRequest({ handle }: NspiUnbindRequest, trace?: Trace): Uint8Array {
  return writeStub(trace, (ndr) => void ndr.handle('contextHandle', handle).u32('reserved', 0));
}

export function decodeNspiUnbindRequest(stub: Uint8Array, trace?: Trace): NspiUnbindRequest {
  return readStub(stub, { path: 'nspi.unbind.request', spec: UNBIND_SPEC, trace }, (ndr) => {
    const handle = ndr.handle('contextHandle');
    ndr.u32('reserved');
    return { handle };
  });
}

export function decodeNspiUnbindResponse(stub: Uint8Array, trace?: Trace): NspiUnbindResponse {
  return readStub(stub, { path: 'nspi.unbind.response', spec: UNBIND_SPEC, trace }, (ndr) => ({
    handle: ndr.handle('contextHandle'),
    status: ndr.status(wordsOfCode),
  }));
}
