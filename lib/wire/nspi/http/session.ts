/** Bind opens a session of the address book, Unbind ends it, UpdateStat moves within a table. */
import type { Trace } from '../../bytes/trace.ts';
import {
  type Auxiliary,
  decodeRequestBody,
  decodeResponseBody,
  encodeRequestBody,
  type ResponseBody,
} from '../../mapi-http/body.ts';
import type { Stat } from '../stat.ts';
import { readOptional, readState, writeState } from './optional.ts';

const BIND = '[MS-OXCMAPIHTTP] 2.2.5.1';
const UNBIND = '[MS-OXCMAPIHTTP] 2.2.5.2';
const UPDATE_STAT = '[MS-OXCMAPIHTTP] 2.2.5.17';

/** 2.2.5.1.1 */
export interface BindRequest {
  /** 0 or `ANONYMOUS_LOGIN`. */
  readonly flags: number;
  /** Servers want its code page. */
  readonly state: Stat | null;
}

export function encodeBindRequest({ flags, state }: BindRequest, trace?: Trace): Uint8Array {
  return encodeRequestBody(trace, (writer) => writeState(writer.u32('flags', flags), state));
}

export function decodeBindRequest(bytes: Uint8Array, trace?: Trace): BindRequest & Auxiliary {
  return decodeRequestBody(bytes, { path: 'bind.request', spec: BIND, trace }, (reader) => ({
    flags: reader.u32('flags'),
    state: readState(reader),
  }));
}

/** 2.2.5.1.2; a GUID of zeros where it failed. */
export interface BindResponse {
  readonly serverGuid: string;
}

export function decodeBindResponse(bytes: Uint8Array, trace?: Trace): ResponseBody<BindResponse> {
  return decodeResponseBody(bytes, { path: 'bind.response', spec: BIND, trace }, (reader) => ({
    serverGuid: reader.guid('serverGuid'),
  }));
}

/** 2.2.5.2.1 */
export function encodeUnbindRequest(trace?: Trace): Uint8Array {
  return encodeRequestBody(trace, (writer) => writer.u32('reserved', 0));
}

export function decodeUnbindRequest(bytes: Uint8Array, trace?: Trace): Auxiliary {
  return decodeRequestBody(bytes, { path: 'unbind.request', spec: UNBIND, trace }, (reader) => {
    reader.u32('reserved');
    return {};
  });
}

/** 2.2.5.2.2; the error is `UNBIND_SUCCESS` where all went well. */
export function decodeUnbindResponse(bytes: Uint8Array, trace?: Trace): ResponseBody<object> {
  return decodeResponseBody(bytes, { path: 'unbind.response', spec: UNBIND, trace }, () => ({}));
}

/** 2.2.5.17.1 */
export interface UpdateStatRequest {
  readonly state: Stat | null;
  /** Whether the answer is to say how far it went. */
  readonly wantsDelta: boolean;
}

export function encodeUpdateStatRequest(request: UpdateStatRequest, trace?: Trace): Uint8Array {
  return encodeRequestBody(trace, (writer) => {
    writeState(writer.u32('reserved', 0), request.state);
    writer.u8('deltaRequested', request.wantsDelta ? 1 : 0);
  });
}

export function decodeUpdateStatRequest(bytes: Uint8Array, trace?: Trace): UpdateStatRequest & Auxiliary {
  return decodeRequestBody(bytes, { path: 'updateStat.request', spec: UPDATE_STAT, trace }, (reader) => {
    reader.u32('reserved');
    return { state: readState(reader), wantsDelta: reader.u8('deltaRequested') !== 0 };
  });
}

/** 2.2.5.17.2 */
export interface UpdateStatResponse {
  readonly state: Stat | null;
  /** Rows that it went, signed. */
  readonly delta: number | null;
}

export function decodeUpdateStatResponse(bytes: Uint8Array, trace?: Trace): ResponseBody<UpdateStatResponse> {
  return decodeResponseBody(bytes, { path: 'updateStat.response', spec: UPDATE_STAT, trace }, (reader) => ({
    state: readState(reader),
    delta: readOptional(reader, 'hasDelta', () => reader.i32('delta')),
  }));
}
