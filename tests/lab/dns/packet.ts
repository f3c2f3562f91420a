import { byteWriter } from './bytes.ts';
import { encodeRecordData, type RecordData, recordTypes } from './records.ts';

/** A query with its one question. The name keeps the letters' case, because the answer must repeat it as it came. */
export interface Query {
  id: number;
  recursionDesired: boolean;
  name: string;
  type: number;
  class: number;
}

export interface DnsRecord {
  name: string;
  data: RecordData;
}

/** What the server says; `rcode` as in RFC 1035 4.1.1. */
export interface Reply {
  rcode: number;
  answers: readonly DnsRecord[];
  authority: readonly DnsRecord[];
}

export const rcodes = { noError: 0, formatError: 1, serverFailure: 2, nameError: 3, notImplemented: 4, refused: 5 };

const CLASS_IN = 1;
const TTL = 60;
const HEADER_LENGTH = 12;

/** Reads a query; `null` for anything that is not one plain question. RFC 1035 4.1 */
export function readQuery(bytes: Buffer): Query | null {
  if (bytes.length < HEADER_LENGTH) return null;
  const flags = bytes.readUInt16BE(2);
  const isQuery = (flags & 0xf800) === 0;
  if (!isQuery || bytes.readUInt16BE(4) !== 1) return null;
  const name = readName(bytes, HEADER_LENGTH);
  if (name === null || name.end + 4 > bytes.length) return null;
  return {
    id: bytes.readUInt16BE(0),
    recursionDesired: (flags & 0x0100) !== 0,
    name: name.text,
    type: bytes.readUInt16BE(name.end),
    class: bytes.readUInt16BE(name.end + 2),
  };
}

// A pointer cannot occur in a question, as there is nothing before it to point to; it fails the length check.
function readName(bytes: Buffer, start: number): { text: string; end: number } | null {
  const labels: string[] = [];
  for (let at = start; ; ) {
    const length = bytes[at];
    if (length === undefined || length > 63 || at + 1 + length > bytes.length) return null;
    if (length === 0) return { text: labels.join('.'), end: at + 1 };
    labels.push(bytes.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
}

/** The reply as bytes. If it is longer than `limit`, only the header and question go out, marked as truncated. */
export function writeReply(query: Query, reply: Reply, limit: number): Uint8Array {
  const whole = encodeReply(query, reply, false);
  return whole.length <= limit ? whole : encodeReply(query, { ...reply, answers: [], authority: [] }, true);
}

function encodeReply(query: Query, reply: Reply, truncated: boolean): Uint8Array {
  const writer = byteWriter();
  const isResponse = 0x8000;
  const recursionAvailable = 0x0080;
  writer.u16(query.id);
  writer.u16(
    isResponse | recursionAvailable | (query.recursionDesired ? 0x0100 : 0) | (truncated ? 0x0200 : 0) | reply.rcode,
  );
  for (const count of [1, reply.answers.length, reply.authority.length, 0]) writer.u16(count);
  writer.name(query.name);
  writer.u16(query.type);
  writer.u16(query.class);
  for (const record of [...reply.answers, ...reply.authority]) writer.raw(encodeRecord(record));
  return writer.bytes();
}

function encodeRecord({ name, data }: DnsRecord): Uint8Array {
  const writer = byteWriter();
  const bytes = encodeRecordData(data);
  writer.name(name);
  writer.u16(recordTypes[data.type]);
  writer.u16(CLASS_IN);
  writer.u32(TTL);
  writer.u16(bytes.length);
  writer.raw(bytes);
  return writer.bytes();
}
