/** EcDoRpcExt2: remote operations in a session. [MS-OXCRPC] 3.1.4.2 */
import type { Trace } from '../bytes/trace.ts';
import type { AuxiliaryBlock } from '../extended-buffer/auxiliary.ts';
import type { PayloadReader, PayloadWriter } from '../extended-buffer/extended-buffer.ts';
import { wordsOfCode } from '../mapi-codes.ts';
import { readStub } from '../ndr/reader.ts';
import { writeStub } from '../ndr/writer.ts';
import { readAuxIn, readAuxOut, readRgbIn, readRgbOut, writeAux, writeRgbIn } from './buffers.ts';

export interface EcDoRpcExt2Request<Payload> {
  readonly handle: Uint8Array;
  /** Of `RPC_FLAG`. */
  readonly flags: number;
  /** What the blocks of rgbIn hold; one, as a rule. */
  readonly payloads: readonly Payload[];
  /** The most that the answer may take, at most `MOST_OUT`. */
  readonly mostOut: number;
}

export interface EcDoRpcExt2Response<Payload> {
  /** All zero where the session is over. */
  readonly handle: Uint8Array;
  readonly flags: number;
  /** What the blocks of rgbOut hold. None where the call failed. */
  readonly payloads: readonly Payload[];
  readonly aux: readonly AuxiliaryBlock[];
  readonly transferMs: number;
  readonly status: number;
}

/** pulFlags: what the server is not to do to the answer, or may do. */
export const RPC_FLAG = { noCompression: 1, noXorMagic: 2, chain: 4 } as const;
export const MOST_OUT = 0x40000;

const SPEC = '[MS-OXCRPC] 3.1.4.2';

export function encodeEcDoRpcExt2Request(request: EcDoRpcExt2Request<PayloadWriter>, trace?: Trace): Uint8Array {
  return writeStub(trace, (ndr) => {
    ndr.handle('pcxh', request.handle).u32('pulFlags', request.flags, flagWords);
    writeRgbIn(ndr, request.payloads);
    ndr.u32('pcbOut', request.mostOut);
    writeAux(ndr);
  });
}

export function decodeEcDoRpcExt2Request<T>(
  stub: Uint8Array,
  read: PayloadReader<T>,
  trace?: Trace,
): EcDoRpcExt2Request<T> & { readonly aux: readonly AuxiliaryBlock[] } {
  return readStub(stub, { path: 'emsmdb.rpcExt2.request', spec: SPEC, trace }, (ndr) => ({
    handle: ndr.handle('pcxh'),
    flags: ndr.u32('pulFlags', flagWords),
    payloads: readRgbIn(ndr, read),
    mostOut: ndr.u32('pcbOut'),
    aux: readAuxIn(ndr),
  }));
}

/** @param read reads what a block of rgbOut holds, such as remote operations */
export function decodeEcDoRpcExt2Response<T>(
  stub: Uint8Array,
  read: PayloadReader<T>,
  trace?: Trace,
): EcDoRpcExt2Response<T> {
  return readStub(stub, { path: 'emsmdb.rpcExt2.response', spec: SPEC, trace }, (ndr) => ({
    handle: ndr.handle('pcxh'),
    flags: ndr.u32('pulFlags'),
    payloads: readRgbOut(ndr, read),
    aux: readAuxOut(ndr),
    transferMs: ndr.u32('pulTransTime'),
    status: ndr.status(wordsOfCode),
  }));
}

function flagWords(flags: number): string {
  const names = [
    ...((flags & RPC_FLAG.noCompression) === 0 ? [] : ['NoCompression']),
    ...((flags & RPC_FLAG.noXorMagic) === 0 ? [] : ['NoXorMagic']),
    ...((flags & RPC_FLAG.chain) === 0 ? [] : ['Chain']),
  ];
  return names.join(', ');
}
