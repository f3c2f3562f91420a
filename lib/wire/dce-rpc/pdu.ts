/** Reads any PDU of connection-oriented RPC, from either side. C706 12.6.4, [MS-RPCE] 2.2.2 */
import { ByteReader } from '../bytes/reader.ts';
import type { Trace } from '../bytes/trace.ts';
import { type Bind, type BindAck, type BindNak, readBind, readBindAck, readBindNak } from './bind.ts';
import { type Fault, type Request, type Response, readFaultHead, readRequestHead, readResponseHead } from './call.ts';
import { type PduHeader, readHeader } from './header.ts';
import {
  AUTH_LEVEL,
  type Protection,
  placeOf,
  readVerifier,
  TRAILER_BYTES,
  type Verifier,
  type VerifierPlace,
} from './verifier.ts';

/** PDUs without anything that a client has to know but what they are. C706 12.6.4.1, 12.6.4.8, 12.6.4.11; [MS-RPCE] 2.2.2.12 */
export interface BarePdu {
  readonly type: 'rpc_auth_3' | 'shutdown' | 'co_cancel' | 'orphaned';
  readonly callId: number;
}

export type RpcPdu = (Bind | BindAck | BindNak | Request | Response | Fault | BarePdu) & {
  readonly verifier: Verifier | null;
};

export interface DecodeOptions {
  readonly trace?: Trace | undefined;
  /** Checks and decrypts calls, and answers to them. It keeps count, so each PDU is to be decoded once and in its turn. */
  readonly protection?: Protection | null | undefined;
}

const SPEC = 'C706 12.6.4';

/** @throws WireError also where a signature is wrong */
export function decodeRpc(bytes: Uint8Array, { trace, protection = null }: DecodeOptions = {}): RpcPdu {
  const reader = new ByteReader(bytes, { path: 'rpc', spec: SPEC, trace });
  const header = reader.group('header', () => readHeader(reader));
  const { type, fragLength, authLength } = header;
  if (fragLength !== bytes.length)
    throw reader.fault('bad-value', 'header.frag_length', `${bytes.length} bytes are there`, 8);
  if (type === 'rts') throw reader.fault('bad-value', 'header.PTYPE', 'it belongs to RPC over HTTP', 2);
  const place = placeOf(reader, bytes, header);
  const pdu = readBody(reader, { ...header, type }, () => readStub(reader, bytes, place, protection));
  readRest(reader, place);
  const isProof = type === 'rpc_auth_3' || type === 'alter_context';
  const verifier = place.trailer === null ? null : readVerifier(reader, authLength, isProof);
  reader.end();
  return { ...pdu, verifier };
}

type Body = Bind | BindAck | BindNak | Request | Response | Fault | BarePdu;

type BodyHeader = PduHeader & { readonly type: Exclude<PduHeader['type'], 'rts'> };

function readBody(reader: ByteReader, { type, flags, callId }: BodyHeader, stub: () => Uint8Array): Body {
  switch (type) {
    case 'bind':
    case 'alter_context':
      return readBind(reader, type, callId);
    case 'bind_ack':
    case 'alter_context_resp':
      return readBindAck(reader, type);
    case 'bind_nak':
      return readBindNak(reader);
    case 'request':
      return { type, flags, callId, ...readRequestHead(reader, flags), stub: stub() };
    case 'response':
      return { type, flags, callId, ...readResponseHead(reader), stub: stub() };
    case 'fault': {
      const { status, hasErrorInfo } = readFaultHead(reader);
      const rest = stub();
      return { type, callId, status, errorInfo: hasErrorInfo && rest.length > 0 ? rest : null };
    }
    case 'rpc_auth_3':
    case 'shutdown':
    case 'co_cancel':
    case 'orphaned':
      return { type, callId };
  }
}

/** Arguments or results; what is encrypted is decrypted, and what is signed is checked. */
function readStub(
  reader: ByteReader,
  bytes: Uint8Array,
  { bodyEnd, padding, trailer }: VerifierPlace,
  protection: Protection | null,
): Uint8Array {
  const length = bodyEnd - reader.offset;
  if (length < 0) throw reader.fault('truncated', 'stub_data', 'the PDU ends before it begins');
  if (trailer === null || protection === null) return reader.bytes('stub_data', length);
  if (bytes[trailer + 1] !== protection.level)
    throw reader.fault('bad-value', 'sec_trailer.auth_level', 'another level than was agreed upon', trailer + 1);
  const signed = bytes.subarray(0, trailer + TRAILER_BYTES);
  const span = { from: reader.offset, to: trailer };
  const plain = protection.unprotect(signed, span, bytes.subarray(signed.length));
  if (plain === null) throw reader.fault('bad-value', 'auth_value', 'the signature is not of this PDU', signed.length);
  if (protection.level !== AUTH_LEVEL.privacy) return reader.bytes('stub_data', length);
  const open = (): Uint8Array => plain.subarray(span.from, span.to);
  const readPlain = (inner: ByteReader): Uint8Array => {
    const stub = inner.bytes('stub_data', length);
    inner.bytes('auth_pad', padding);
    return stub;
  };
  return reader.packed('sealed', span.to - span.from, open, readPlain, 'decrypted');
}

/** What is behind the body and before the verifier. */
function readRest(reader: ByteReader, { bodyEnd, padding, trailer }: VerifierPlace): void {
  if (reader.offset < bodyEnd) reader.bytes('rest', bodyEnd - reader.offset);
  const end = trailer ?? bodyEnd;
  if (reader.offset > end)
    throw reader.fault('bad-value', 'header.auth_length', 'the verifier begins within the body', 10);
  if (padding > 0 && reader.offset < end) reader.bytes('auth_pad', end - reader.offset);
}
