/** The small calls around a session with a mailbox. [MS-OXCRPC] 3.1.4.3 to 3.1.4.6 */
import type { Trace } from '../bytes/trace.ts';
import { wordsOfCode } from '../mapi-codes.ts';
import { readStub } from '../ndr/reader.ts';
import { writeStub } from '../ndr/writer.ts';

/** A session, by its handle. */
export interface SessionRequest {
  readonly handle: Uint8Array;
}

export interface SessionResponse {
  readonly handle: Uint8Array;
  readonly status: number;
}

const DISCONNECT = { path: 'emsmdb.disconnect', spec: '[MS-OXCRPC] 3.1.4.3', handle: 'pcxh' };
const ASYNC_CONNECT = { path: 'emsmdb.asyncConnectEx', spec: '[MS-OXCRPC] 3.1.4.4', handle: 'pacxh' };
const DUMMY = { path: 'emsmdb.dummyRpc', spec: '[MS-OXCRPC] 3.1.4.6' };

/** EcDoDisconnect: ends the session. 3.1.4.3 */
export const encodeEcDoDisconnectRequest = encodeSession;

export const decodeEcDoDisconnectRequest = (stub: Uint8Array, trace?: Trace): SessionRequest =>
  decodeSession(stub, DISCONNECT, trace);

/** The handle comes back all zero. */
export const decodeEcDoDisconnectResponse = (stub: Uint8Array, trace?: Trace): SessionResponse =>
  decodeAnswer(stub, DISCONNECT, trace);

/** EcDoAsyncConnectEx: asks for a handle under which the session can be waited for. 3.1.4.4 */
export const encodeEcDoAsyncConnectExRequest = encodeSession;

export const decodeEcDoAsyncConnectExRequest = (stub: Uint8Array, trace?: Trace): SessionRequest =>
  decodeSession(stub, ASYNC_CONNECT, trace);

/** The handle is one of the asynchronous interface. */
export const decodeEcDoAsyncConnectExResponse = (stub: Uint8Array, trace?: Trace): SessionResponse =>
  decodeAnswer(stub, ASYNC_CONNECT, trace);

/** EcDummyRpc: does nothing, and needs no session. 3.1.4.6 */
export const encodeEcDummyRpcRequest = (): Uint8Array => new Uint8Array();

export const decodeEcDummyRpcRequest = (stub: Uint8Array, trace?: Trace): void =>
  readStub(stub, { ...DUMMY, path: `${DUMMY.path}.request`, trace }, () => undefined);

export const decodeEcDummyRpcResponse = (stub: Uint8Array, trace?: Trace): { readonly status: number } =>
  readStub(stub, { ...DUMMY, path: `${DUMMY.path}.response`, trace }, (ndr) => ({ status: ndr.status(wordsOfCode) }));

interface Call {
  readonly path: string;
  readonly spec: string;
  /** Name of the handle that comes back. */
  readonly handle: string;
}

function encodeSession({ handle }: SessionRequest, trace?: Trace): Uint8Array {
  return writeStub(trace, (ndr) => void ndr.handle('pcxh', handle));
}

const decodeSession = (stub: Uint8Array, { path, spec }: Call, trace?: Trace): SessionRequest =>
  readStub(stub, { path: `${path}.request`, spec, trace }, (ndr) => ({ handle: ndr.handle('pcxh') }));

const decodeAnswer = (stub: Uint8Array, { path, spec, handle }: Call, trace?: Trace): SessionResponse =>
  readStub(stub, { path: `${path}.response`, spec, trace }, (ndr) => ({
    handle: ndr.handle(handle),
    status: ndr.status(wordsOfCode),
  }));
