/** What every PDU of connection-oriented RPC begins with; those of RPC over HTTP too. C706 12.6.3.1, [MS-RPCE] 2.2.2 */
import type { ByteReader } from '../bytes/reader.ts';
import type { ByteWriter } from '../bytes/writer.ts';

export const HEADER_BYTES = 16;

/** By the names of the documents. C706 12.6.4, [MS-RPCE] 2.2.2.1, [MS-RPCH] 2.2.3.6.1 */
export const PDU_TYPE = {
  request: 0,
  response: 2,
  fault: 3,
  bind: 11,
  bind_ack: 12,
  bind_nak: 13,
  alter_context: 14,
  alter_context_resp: 15,
  rpc_auth_3: 16,
  shutdown: 17,
  co_cancel: 18,
  orphaned: 19,
  rts: 20,
} as const;

export type PduType = keyof typeof PDU_TYPE;

const TYPES = new Map<number, PduType>(
  (Object.keys(PDU_TYPE) as PduType[]).map((name) => [PDU_TYPE[name], name] as const),
);

/** C706 12.6.3.1. Bit 2 is PENDING_CANCEL in calls, SUPPORT_HEADER_SIGN while binding. [MS-RPCE] 2.2.2.3 */
export const PDU_FLAG = { first: 0x01, last: 0x02, headerSign: 0x04, object: 0x80 } as const;

/** A PDU that is not cut into fragments. */
export const WHOLE = PDU_FLAG.first | PDU_FLAG.last;

/** Little-endian, ASCII, IEEE: the one that all peers of today write. C706 14.1 */
const DATA_REPRESENTATION = 0x10;

export interface PduHeader {
  readonly type: PduType;
  readonly flags: number;
  /** Of the whole PDU. */
  readonly fragLength: number;
  /** Of the token at its end. */
  readonly authLength: number;
  readonly callId: number;
}

/**
 * Reads the header alone, from the first bytes of a stream: the rest of the PDU may still be on its way.
 * @throws WireError where no PDU of RPC begins here
 */
export function readHeader(reader: ByteReader): PduHeader {
  if (reader.u8('rpc_vers') !== 5) throw before(reader, 1, 'rpc_vers', 'this is no PDU of RPC version 5');
  if (reader.u8('rpc_vers_minor') > 1) throw before(reader, 1, 'rpc_vers_minor', 'a version that nobody speaks');
  const type = TYPES.get(reader.u8('PTYPE', (value) => TYPES.get(value) ?? ''));
  if (type === undefined) throw before(reader, 1, 'PTYPE', 'no PDU of this type is sent over a connection');
  const flags = reader.u8('pfc_flags', flagWords);
  if (reader.u32('packed_drep') !== DATA_REPRESENTATION)
    throw before(reader, 4, 'packed_drep', 'numbers or letters are not written as Windows writes them');
  const fragLength = reader.u16('frag_length');
  const authLength = reader.u16('auth_length');
  if (fragLength < HEADER_BYTES + authLength)
    throw before(reader, 4, 'frag_length', `${fragLength} bytes do not hold header and token`);
  return { type, flags, fragLength, authLength, callId: reader.u32('call_id') };
}

/** Writes the header. @returns sets the length of the PDU, once that is known */
export function writeHeader(
  writer: ByteWriter,
  { type, flags, authLength, callId }: Omit<PduHeader, 'fragLength'>,
): (fragLength: number) => void {
  writer.u8('rpc_vers', 5).u8('rpc_vers_minor', 0);
  writer.u8('PTYPE', PDU_TYPE[type], () => type).u8('pfc_flags', flags, flagWords);
  writer.u32('packed_drep', DATA_REPRESENTATION);
  const setLength = writer.later('frag_length', 2);
  writer.u16('auth_length', authLength).u32('call_id', callId);
  return setLength;
}

export const isFirst = ({ flags }: { readonly flags: number }): boolean => (flags & PDU_FLAG.first) !== 0;
export const isLast = ({ flags }: { readonly flags: number }): boolean => (flags & PDU_FLAG.last) !== 0;

const flagWords = (flags: number): string =>
  [flags & PDU_FLAG.first ? 'first' : '', flags & PDU_FLAG.last ? 'last' : ''].filter(Boolean).join(' and ');

/** An error about the field that was read last. */
const before = (reader: ByteReader, size: number, name: string, reason: string) =>
  reader.fault('bad-value', name, reason, reader.offset - size);
