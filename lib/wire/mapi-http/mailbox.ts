/** The bodies of the mailbox endpoint: Connect, Execute, Disconnect, NotificationWait. PING has none. [MS-OXCMAPIHTTP] 2.2.4 */
import type { ByteReader } from '../bytes/reader.ts';
import type { Trace } from '../bytes/trace.ts';
import { type ByteWriter, fitsAsciiz } from '../bytes/writer.ts';
import {
  type PayloadReader,
  type PayloadWriter,
  readExtendedBuffer,
  writeExtendedBuffer,
} from '../extended-buffer/extended-buffer.ts';
import { type Auxiliary, decodeRequestBody, decodeResponseBody, encodeRequestBody, type ResponseBody } from './body.ts';

const CONNECT = '[MS-OXCMAPIHTTP] 2.2.4.1';
const EXECUTE = '[MS-OXCMAPIHTTP] 2.2.4.2';
const DISCONNECT = '[MS-OXCMAPIHTTP] 2.2.4.3';
const NOTIFICATION_WAIT = '[MS-OXCMAPIHTTP] 2.2.4.4';

/** What a client of today in the United States asks for: Windows-1252, English. The code page is that of 8-bit strings alone. */
export const USUAL_CODE_PAGE = 0x4e4;
export const USUAL_LOCALE = 0x409;

export interface ConnectRequest {
  /** The legacy DN, as Autodiscover has it. */
  readonly userDn: string;
  /** 0, or 1 for an administrator. */
  readonly flags: number;
  readonly codePage: number;
  readonly sortLocale: number;
  readonly stringLocale: number;
}

/**
 * Null where the DN cannot be said in 8 bits. Exchange gives nobody such a DN: it takes ASCII out of a name, or digits where there is
 * nothing to take. One that has other characters came from somebody's own hand into the directory, and no client can log on with it.
 */
export function encodeConnectRequest(request: ConnectRequest, trace?: Trace): Uint8Array | null {
  if (!fitsAsciiz(request.userDn)) return null;
  return encodeRequestBody(trace, (writer) => {
    writer.asciiz('userDn', request.userDn).u32('flags', request.flags).u32('defaultCodePage', request.codePage);
    // The other way round than in EcDoConnectEx.
    writer.u32('lcidSort', request.sortLocale).u32('lcidString', request.stringLocale);
  });
}

export const decodeConnectRequest = (bytes: Uint8Array, trace?: Trace): ConnectRequest & Auxiliary =>
  decodeRequestBody(bytes, { path: 'connect.request', spec: CONNECT, trace }, (reader) => ({
    userDn: reader.asciiz('userDn'),
    flags: reader.u32('flags'),
    codePage: reader.u32('defaultCodePage'),
    sortLocale: reader.u32('lcidSort'),
    stringLocale: reader.u32('lcidString'),
  }));

export interface ConnectResponse {
  /** How often the server wants to be asked for news where nobody waits for them. */
  readonly pollsMaxMs: number;
  readonly retryCount: number;
  /** Before a try again after ecServerBusy. */
  readonly retryDelayMs: number;
  /** Mostly empty. */
  readonly dnPrefix: string;
  /** Of the user who is signed in, whatever DN was asked for. */
  readonly displayName: string;
}

export const decodeConnectResponse = (bytes: Uint8Array, trace?: Trace): ResponseBody<ConnectResponse> =>
  decodeResponseBody(bytes, { path: 'connect.response', spec: CONNECT, trace }, (reader) => ({
    pollsMaxMs: reader.u32('pollsMax'),
    retryCount: reader.u32('retryCount'),
    retryDelayMs: reader.u32('retryDelay'),
    dnPrefix: reader.asciiz('dnPrefix'),
    displayName: reader.utf16z('displayName'),
  }));

/** Execute.Flags: how the server may answer. It need not listen. 2.2.4.2.1, [MS-OXCRPC] 3.1.4.2 */
export const EXECUTE_FLAG = { noCompression: 1, noXorMagic: 2, chain: 4 } as const;

/** What a server needs for the answers to one request: 32 KiB and its header, twice. */
export const USUAL_MAX_ROP_OUT = 0x10008;

export interface ExecuteOptions {
  /** Bits of `EXECUTE_FLAG`; left out: plain answers, and no chain of them. */
  readonly flags?: number;
  /** Octets that the answers may take. */
  readonly maxRopOut?: number;
}

/**
 * @param rops writes the ROPs and their handle table
 * @throws RangeError where they are more than 32 KiB
 */
export function encodeExecuteRequest(
  rops: PayloadWriter,
  { flags = EXECUTE_FLAG.noCompression | EXECUTE_FLAG.noXorMagic, maxRopOut = USUAL_MAX_ROP_OUT }: ExecuteOptions = {},
  trace?: Trace,
): Uint8Array {
  return encodeRequestBody(trace, (writer) => {
    writer.u32('flags', flags, flagWords);
    writeRopBuffer(writer, rops);
    writer.u32('maxRopOut', maxRopOut);
  });
}

function writeRopBuffer(writer: ByteWriter, rops: PayloadWriter): void {
  const setSize = writer.later('ropBufferSize', 4);
  const start = writer.offset;
  writeExtendedBuffer(writer, 'ropBuffer', [rops]);
  setSize(writer.offset - start);
}

export interface ExecuteRequest<T> extends Required<ExecuteOptions> {
  /** One for each block of the extended buffer; clients mostly send one. */
  readonly rops: readonly T[];
}

/** @param rops reads the ROPs of a block, and their handle table */
export const decodeExecuteRequest = <T>(
  bytes: Uint8Array,
  rops: PayloadReader<T>,
  trace?: Trace,
): ExecuteRequest<T> & Auxiliary =>
  decodeRequestBody(bytes, { path: 'execute.request', spec: EXECUTE, trace }, (reader) => ({
    flags: reader.u32('flags', flagWords),
    rops: readRopBuffer(reader, rops),
    maxRopOut: reader.u32('maxRopOut'),
  }));

export interface ExecuteResponse<T> {
  /** Nothing is defined. */
  readonly flags: number;
  /** One for each block; none where the code says that the request as a whole came to nothing. */
  readonly rops: readonly T[];
}

/** @param rops reads the answers of a block, and their handle table */
export const decodeExecuteResponse = <T>(
  bytes: Uint8Array,
  rops: PayloadReader<T>,
  trace?: Trace,
): ResponseBody<ExecuteResponse<T>> =>
  decodeResponseBody(bytes, { path: 'execute.response', spec: EXECUTE, trace }, (reader) => ({
    flags: reader.u32('flags'),
    rops: readRopBuffer(reader, rops),
  }));

const readRopBuffer = <T>(reader: ByteReader, rops: PayloadReader<T>): T[] =>
  readExtendedBuffer(reader, 'ropBuffer', reader.u32('ropBufferSize'), rops);

function flagWords(flags: number): string {
  const names = [
    ...((flags & EXECUTE_FLAG.noCompression) === 0 ? [] : ['NoCompression']),
    ...((flags & EXECUTE_FLAG.noXorMagic) === 0 ? [] : ['NoXorMagic']),
    ...((flags & EXECUTE_FLAG.chain) === 0 ? [] : ['Chain']),
  ];
  return names.join(', ');
}

export const encodeDisconnectRequest = (trace?: Trace): Uint8Array => encodeRequestBody(trace, () => undefined);

export const decodeDisconnectRequest = (bytes: Uint8Array, trace?: Trace): Auxiliary =>
  decodeRequestBody(bytes, { path: 'disconnect.request', spec: DISCONNECT, trace }, () => ({}));

export const decodeDisconnectResponse = (bytes: Uint8Array, trace?: Trace): ResponseBody<object> =>
  decodeResponseBody(bytes, { path: 'disconnect.response', spec: DISCONNECT, trace }, () => ({}));

export interface NotificationWaitRequest {
  /** Nothing is defined. */
  readonly flags: number;
}

export const encodeNotificationWaitRequest = (trace?: Trace): Uint8Array =>
  encodeRequestBody(trace, (writer) => {
    writer.u32('flags', 0);
  });

export const decodeNotificationWaitRequest = (bytes: Uint8Array, trace?: Trace): NotificationWaitRequest & Auxiliary =>
  decodeRequestBody(bytes, { path: 'notificationWait.request', spec: NOTIFICATION_WAIT, trace }, (reader) => ({
    flags: reader.u32('flags'),
  }));

export interface NotificationWaitResponse {
  /** Whether there is something to be fetched. */
  readonly isEventPending: boolean;
}

export const decodeNotificationWaitResponse = (
  bytes: Uint8Array,
  trace?: Trace,
): ResponseBody<NotificationWaitResponse> =>
  decodeResponseBody(bytes, { path: 'notificationWait.response', spec: NOTIFICATION_WAIT, trace }, (reader) => ({
    isEventPending: (reader.u32('eventPending') & 1) !== 0,
  }));
