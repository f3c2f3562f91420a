/** Lists of remote operations, as the client sends them. [MS-OXCROPS] 2.2.1 */
import type { Trace } from '../bytes/trace.ts';
import { ByteWriter } from '../bytes/writer.ts';
import { type FolderRequest, writeFolderRequest } from './folders.ts';
import { ROP_ID, ropWords } from './ids.ts';
import { type LogonRequest, writeLogon } from './logon.ts';

export type RopRequest =
  | LogonRequest
  | FolderRequest
  /** Gives a handle back; nothing is answered. [MS-OXCROPS] 2.2.15.3 */
  | { readonly rop: 'release'; readonly logonId: number; readonly input: number };

export interface RopRequests {
  readonly requests: readonly RopRequest[];
  /** The handle table; `NO_HANDLE` in the slots that the ROPs are to fill. 0 is a handle as good as any. */
  readonly handles: readonly number[];
}

export const NO_HANDLE = 0xffff_ffff;

/** The payload of an extended buffer. */
export function encodeRopRequests(requests: RopRequests, trace?: Trace): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(trace);
  writeRopRequests(writer, requests);
  return writer.done();
}

/** RopSize counts itself and the ROPs, not the handles. */
export function writeRopRequests(writer: ByteWriter, { requests, handles }: RopRequests): void {
  const start = writer.offset;
  const setSize = writer.later('ropSize', 2);
  writer.group('ropsList', () => {
    for (const [index, request] of requests.entries()) writer.group(`[${index}]`, () => writeRequest(writer, request));
  });
  setSize(writer.offset - start);
  writer.group('serverObjectHandleTable', () => {
    for (const [index, handle] of handles.entries()) writer.u32(`[${index}]`, handle, handleWords);
  });
}

function writeRequest(writer: ByteWriter, request: RopRequest): void {
  writer.u8('ropId', ROP_ID[request.rop], ropWords).u8('logonId', request.logonId);
  switch (request.rop) {
    case 'logon':
      writeLogon(writer, request);
      return;
    case 'release':
      writer.u8('inputHandleIndex', request.input);
      return;
    case 'open-folder':
    case 'get-hierarchy-table':
    case 'set-columns':
    case 'query-rows':
      writeFolderRequest(writer, request);
      return;
  }
}

export const handleWords = (handle: number): string => (handle === NO_HANDLE ? 'none' : '');
