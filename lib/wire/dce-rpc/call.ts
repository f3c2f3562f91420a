/** Calls: requests, which are cut into fragments, and what is answered to them. C706 12.6.4.9, 12.6.4.10, 12.6.4.7 */
import type { ByteReader } from '../bytes/reader.ts';
import { ByteWriter } from '../bytes/writer.ts';
import { WireError } from '../error.ts';
import { isFirst, isLast, PDU_FLAG, writeHeader } from './header.ts';
import { describeStatus } from './status.ts';
import { type Protection, TRAILER_BYTES, writeTrailer } from './verifier.ts';

/** Common header, and what stands between it and the arguments. */
const CALL_HEADER_BYTES = 24;

/** What every implementation has to take, whatever it says. C706 12.6.3.1 */
const LEAST_FRAGMENT = 1_432;

/** Windows and Samba pad to this; receivers go by what the trailer says. [MS-RPCE] 2.2.2.11 */
const ALIGNMENT = 16;

export interface Call {
  readonly callId: number;
  readonly contextId: number;
  readonly opnum: number;
  readonly stub: Uint8Array;
}

export interface RequestFragment extends Call {
  readonly flags: number;
  /** How much of the arguments is still to come, this fragment included. */
  readonly allocHint: number;
}

/**
 * Cuts a call into fragments, the arguments alone: nothing is written yet.
 * @param longest the longest PDU that the server takes
 */
export function fragmentsOf(call: Call, longest: number, protection: Protection | null): RequestFragment[] {
  const overhead = protection === null ? 0 : TRAILER_BYTES + protection.tokenBytes;
  const room = Math.max(longest, LEAST_FRAGMENT) - CALL_HEADER_BYTES - overhead;
  const step = room - (room % ALIGNMENT);
  const count = Math.max(1, Math.ceil(call.stub.length / step));
  return Array.from({ length: count }, (_, at) => ({
    ...call,
    stub: call.stub.subarray(at * step, (at + 1) * step),
    flags: (at === 0 ? PDU_FLAG.first : 0) | (at === count - 1 ? PDU_FLAG.last : 0),
    allocHint: call.stub.length - at * step,
  }));
}

/** One fragment, with padding, trailer and token of its own where calls are protected. */
export function encodeRequest(fragment: RequestFragment, protection: Protection | null): Uint8Array<ArrayBuffer> {
  const { flags, callId, allocHint, contextId, opnum, stub } = fragment;
  const writer = new ByteWriter();
  const authLength = protection?.tokenBytes ?? 0;
  const setLength = writeHeader(writer, { type: 'request', flags, callId, authLength });
  writer.u32('alloc_hint', allocHint).u16('p_cont_id', contextId).u16('opnum', opnum).bytes('stub_data', stub);
  if (protection === null) {
    setLength(writer.offset);
    return writer.done();
  }
  const padding = (ALIGNMENT - (stub.length % ALIGNMENT)) % ALIGNMENT;
  writer.bytes('auth_pad', new Uint8Array(padding));
  const span = { from: CALL_HEADER_BYTES, to: writer.offset };
  writeTrailer(writer, protection, padding);
  setLength(writer.offset + authLength);
  const { sealed, token } = protection.protect(writer.done(), span);
  const whole = new Uint8Array(sealed.length + token.length);
  whole.set(sealed);
  whole.set(token, sealed.length);
  return whole;
}

export interface Request extends RequestFragment {
  readonly type: 'request';
  readonly object: string | null;
}

export interface Response {
  readonly type: 'response';
  readonly flags: number;
  readonly callId: number;
  readonly allocHint: number;
  readonly contextId: number;
  readonly stub: Uint8Array;
}

export interface Fault {
  readonly type: 'fault';
  readonly callId: number;
  readonly status: number;
  /** Extended error information [MS-EERR]; null where none was sent. */
  readonly errorInfo: Uint8Array | null;
}

type Head<T> = Omit<T, 'type' | 'flags' | 'callId' | 'stub'>;

export function readRequestHead(reader: ByteReader, flags: number): Head<Request> {
  const allocHint = reader.u32('alloc_hint');
  const contextId = reader.u16('p_cont_id');
  const opnum = reader.u16('opnum');
  return { allocHint, contextId, opnum, object: (flags & PDU_FLAG.object) === 0 ? null : reader.guid('object') };
}

export function readResponseHead(reader: ByteReader): Head<Response> {
  const allocHint = reader.u32('alloc_hint');
  const contextId = reader.u16('p_cont_id');
  reader.u8('cancel_count');
  reader.u8('reserved');
  return { allocHint, contextId };
}

/** [MS-RPCE] 2.2.2.10 */
export function readFaultHead(reader: ByteReader): { readonly status: number; readonly hasErrorInfo: boolean } {
  reader.u32('alloc_hint');
  reader.u16('p_cont_id');
  reader.u8('cancel_count');
  const flags = reader.u8('fault_flags');
  const status = reader.u32('status', describeStatus);
  reader.u32('reserved2');
  return { status, hasErrorInfo: (flags & 1) !== 0 };
}

/** More than any answer of an address book or a mailbox brings. [MS-OXCRPC] 3.1.4.2: 256 KiB; address lists are asked for in parts */
export const MOST_STUB = 4 * 1024 * 1024;

/** Puts the fragments of one answer together. C706 12.6.3.1: they come in their order. */
export class Reassembly {
  readonly #callId: number;
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  constructor(callId: number) {
    this.#callId = callId;
  }

  /** How much has come so far. */
  get length(): number {
    return this.#length;
  }

  /**
   * Takes the next fragment. One that belongs to an earlier call came late, and is dropped.
   * @returns the stub once it is complete
   * @throws WireError
   */
  push(fragment: Pick<Response, 'flags' | 'callId' | 'stub'>): Uint8Array | null {
    const { callId, stub } = fragment;
    if (callId < this.#callId) return null;
    if (callId > this.#callId) throw fault('bad-value', 'call_id', 12, `no call has the number ${callId}`);
    if (isFirst(fragment) !== (this.#parts.length === 0))
      throw fault('bad-value', 'pfc_flags', 3, 'the fragments do not belong together');
    this.#parts.push(stub);
    this.#length += stub.length;
    if (this.#length > MOST_STUB) throw fault('too-large', 'stub_data', CALL_HEADER_BYTES, 'more than 4 MiB');
    return isLast(fragment) ? joined(this.#parts, this.#length) : null;
  }
}

const fault = (code: 'bad-value' | 'too-large', field: string, offset: number, reason: string): WireError =>
  new WireError(code, { path: `response.${field}`, offset, spec: 'C706 12.6.3.1' }, reason);

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
