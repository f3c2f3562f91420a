/** PDUs of connection-oriented DCE/RPC as a server reads and writes them. C706 12.6, [MS-RPCE] 2.2.2 */
import { asciiz, guid, join, NotReadable, Reader, u8, u16, u32 } from '../store/bytes.ts';

/** The client sent something that is no PDU, or not one that can be taken apart. */
export class NotRpc extends NotReadable {}

export const types = {
  request: 0,
  response: 2,
  fault: 3,
  bind: 11,
  bindAck: 12,
  bindNak: 13,
  alterContext: 14,
  alterContextResponse: 15,
  auth3: 16,
  cancel: 18,
  orphaned: 19,
  rts: 20,
} as const;

export const pduFlags = { first: 1, last: 2, headerSign: 4, objectUuid: 0x80 } as const;

/** The common header. C706 12.6.3.1 */
export const HEADER = 16;
/** The security trailer, without what it announces. [MS-RPCE] 2.2.2.11 */
export const TRAILER = 8;
/** Of a request and of a response, in front of the stub. */
export const CALL_HEADER = 24;

export interface PduHead {
  readonly type: number;
  readonly flags: number;
  readonly callId: number;
}

export function pduHeader({ type, flags, callId }: PduHead, length: number, authLength = 0): Buffer {
  // Little-endian, ASCII, IEEE.
  const representation = u32(0x10);
  return join(u8(5), u8(0), u8(type), u8(flags), representation, u16(length), u16(authLength), u32(callId));
}

/** The security trailer and what it announces. */
export interface Verifier {
  readonly authType: number;
  readonly level: number;
  readonly padding: number;
  readonly context: number;
  readonly token: Buffer;
}

export interface Pdu extends PduHead {
  /** What stands between the common header and the trailer, padding of the stub included. */
  readonly body: Buffer;
  readonly verifier: Verifier | null;
  /** All octets up to the token: what a signature is made over. */
  readonly signed: Buffer;
}

/** @throws NotRpc */
export function readPdu(bytes: Buffer): Pdu {
  const reader = new Reader(bytes);
  if (reader.u8() !== 5 || reader.u8() !== 0) throw new NotRpc('This is another version of RPC.');
  const type = reader.u8();
  const flags = reader.u8();
  if (reader.u32() !== 0x10) throw new NotRpc('Only little-endian numbers are understood.');
  if (reader.u16() !== bytes.length) throw new NotRpc('The length is wrong.');
  const authLength = reader.u16();
  const callId = reader.u32();
  const end = bytes.length - authLength;
  const verifier = authLength === 0 ? null : readVerifier(bytes, end);
  const body = bytes.subarray(HEADER, verifier ? end - TRAILER : end);
  return { type, flags, callId, body, verifier, signed: bytes.subarray(0, end) };
}

function readVerifier(bytes: Buffer, end: number): Verifier {
  if (end - TRAILER < HEADER) throw new NotRpc('The token is longer than its PDU.');
  const reader = new Reader(bytes.subarray(end - TRAILER));
  const verifier = { authType: reader.u8(), level: reader.u8(), padding: reader.u8() };
  // Reserved.
  reader.u8();
  if (end - TRAILER - verifier.padding < HEADER) throw new NotRpc('There is more padding than PDU.');
  return { ...verifier, context: reader.u32(), token: reader.take(reader.left) };
}

/** The trailer of a PDU whose body has this length; the token follows. */
export function trailer({ authType, level, padding, context }: Omit<Verifier, 'token'>): Buffer {
  return join(u8(authType), u8(level), u8(padding), u8(0), u32(context));
}

/** A whole PDU with a token that nobody seals. */
export function writePdu(head: PduHead, body: Uint8Array, verifier: Omit<Verifier, 'padding'> | null = null): Buffer {
  if (verifier === null) return join(pduHeader(head, HEADER + body.length), body);
  const padding = (4 - (body.length % 4)) % 4;
  const end = join(Buffer.alloc(padding), trailer({ ...verifier, padding }), verifier.token);
  return join(pduHeader(head, HEADER + body.length + end.length, verifier.token.length), body, end);
}

/** An interface, or a form of the arguments: its identifier and its version. */
export interface Syntax {
  readonly uuid: string;
  readonly major: number;
  readonly minor: number;
}

export const NDR32: Syntax = { uuid: '8a885d04-1ceb-11c9-9fe8-08002b104860', major: 2, minor: 0 };
/** No syntax at all, where a result has none. */
const NO_SYNTAX: Syntax = { uuid: '00000000-0000-0000-0000-000000000000', major: 0, minor: 0 };

export const sameSyntax = (one: Syntax, other: Syntax): boolean =>
  one.uuid === other.uuid && one.major === other.major && one.minor === other.minor;

const syntaxBytes = ({ uuid, major, minor }: Syntax): Buffer => join(guid(uuid), u16(major), u16(minor));

/** What a client wants to speak, and in which forms. C706 12.6.3.1, p_cont_elem_t */
export interface Context {
  readonly id: number;
  readonly wanted: Syntax;
  readonly transfers: readonly Syntax[];
}

export interface Bind {
  /** The longest PDU that the client takes. */
  readonly mostReceived: number;
  readonly group: number;
  readonly contexts: readonly Context[];
}

/** bind and alter_context. What stands behind the contexts is padding. C706 12.6.4.3 */
export function readBind({ body }: Pdu): Bind {
  const reader = new Reader(body);
  reader.u16();
  const mostReceived = reader.u16();
  const group = reader.u32();
  const count = reader.u8();
  reader.take(3);
  const contexts = reader.times(count, (): Context => {
    const id = reader.u16();
    const transfers = reader.u8();
    reader.u8();
    return { id, wanted: readSyntax(reader), transfers: reader.times(transfers, () => readSyntax(reader)) };
  });
  return { mostReceived, group, contexts };
}

function readSyntax(reader: Reader): Syntax {
  return { uuid: uuidText(reader.take(16)), major: reader.u16(), minor: reader.u16() };
}

/** A GUID in its usual spelling. What changes the order of its octets changes it back, too. */
export function uuidText(octets: Buffer): string {
  const hex = guid(octets.toString('hex')).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** What becomes of a context. [MS-RPCE] 2.2.2.4 */
export type ContextResult =
  | { readonly result: 'accepted'; readonly transfer: Syntax }
  | { readonly result: 'refused'; readonly reason: 1 | 2 }
  /** Of the features that were asked for, those that there are. */
  | { readonly result: 'features'; readonly features: number };

export interface BindAnswer {
  readonly mostReceived: number;
  readonly group: number;
  /** Of the endpoint; null in what answers an alter_context. */
  readonly port: number | null;
  readonly results: readonly ContextResult[];
}

/** bind_ack and alter_context_resp. C706 12.6.4.4 */
export function bindAnswerBody({ mostReceived, group, port, results }: BindAnswer): Buffer {
  const address = port === null ? Buffer.alloc(0) : asciiz(String(port));
  const start = join(u16(mostReceived), u16(mostReceived), u32(group), u16(address.length), address);
  const padding = Buffer.alloc((4 - (start.length % 4)) % 4);
  return join(start, padding, u8(results.length), Buffer.alloc(3), ...results.map(resultBytes));
}

function resultBytes(one: ContextResult): Buffer {
  switch (one.result) {
    case 'accepted':
      return join(u16(0), u16(0), syntaxBytes(one.transfer));
    case 'refused':
      return join(u16(2), u16(one.reason), syntaxBytes(NO_SYNTAX));
    case 'features':
      return join(u16(3), u16(one.features), syntaxBytes(NO_SYNTAX));
  }
}

/** Why a bind is refused as a whole. [MS-RPCE] 2.2.2.5 */
export const nakReasons = { none: 0, version: 4, authType: 8 } as const;

export const bindNakBody = (reason: number): Buffer =>
  // The one version that is understood, and something up to a multiple of four.
  join(u16(reason), u8(1), u8(5), u8(0), Buffer.alloc(3));

/** What faults say. C706 E.1, [MS-RPCE] 2.2.2.5, Win32 */
export const faults = {
  accessDenied: 0x5,
  badStub: 0x6f7,
  securityError: 0x721,
  noSuchCall: 0x1c010002,
  protocolError: 0x1c01000b,
  busy: 0x1c010014,
  noSuchContext: 0x1c00001c,
} as const;

export const faultBody = (contextId: number, status: number): Buffer =>
  join(u32(0), u16(contextId), u8(0), u8(0), u32(status), u32(0));

export interface Request {
  readonly contextId: number;
  readonly opnum: number;
  /** Of this fragment, with its padding. */
  readonly stub: Buffer;
}

/** C706 12.6.4.9 */
export function readRequest({ body, flags }: Pdu): Request {
  const reader = new Reader(body);
  reader.u32();
  const request = { contextId: reader.u16(), opnum: reader.u16() };
  if (flags & pduFlags.objectUuid) reader.take(16);
  return { ...request, stub: reader.take(reader.left) };
}

/** In front of a stub of a response; `left` is how much of the whole is still to come with it. C706 12.6.4.10 */
export const responseStart = (left: number, contextId: number): Buffer => join(u32(left), u16(contextId), u8(0), u8(0));
