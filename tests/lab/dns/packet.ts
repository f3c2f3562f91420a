import { byteWriter } from './bytes.ts';
import { encodeRecordData, type RecordData, recordTypes } from './records.ts';

/** A query with its one question. The name keeps the letters' case, because the answer must repeat it as it came. */
export interface Query {
  id: number;
  recursionDesired: boolean;
  name: string;
  type: number;
  class: number;
  /** The datagram that the client can take, where it says so. RFC 6891 6.2.3 */
  datagram?: number | null;
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
const OPT = 41;
/** What the lab itself can take. */
const OWN_DATAGRAM = 4096;

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
    datagram: bytes.readUInt16BE(10) === 1 ? readDatagramSize(bytes, name.end + 4) : null,
  };
}

// The OPT record stands alone behind the question: root as its name, its type, and the size where others have the class.
function readDatagramSize(bytes: Buffer, at: number): number | null {
  const isOpt = at + 5 <= bytes.length && bytes[at] === 0 && bytes.readUInt16BE(at + 1) === OPT;
  return isOpt ? bytes.readUInt16BE(at + 3) : null;
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

/** Bytes that begin like the reply to a query, and are none. */
export function writeGarbage({ id }: Query): Uint8Array {
  const writer = byteWriter();
  for (const number of [id, 0x8180, 1, 3, 0, 7]) writer.u16(number);
  writer.raw(Uint8Array.from({ length: 64 }, (_, index) => (index * 73 + 197) & 0xff));
  return writer.bytes();
}

function encodeReply(query: Query, reply: Reply, truncated: boolean): Uint8Array {
  const writer = byteWriter();
  const isResponse = 0x8000;
  const recursionAvailable = 0x0080;
  const opt = query.datagram == null ? [] : encodeOpt();
  writer.u16(query.id);
  writer.u16(
    isResponse | recursionAvailable | (query.recursionDesired ? 0x0100 : 0) | (truncated ? 0x0200 : 0) | reply.rcode,
  );
  const counts = [1, reply.answers.length, reply.authority.length, opt.length === 0 ? 0 : 1];
  for (const count of counts) writer.u16(count);
  writer.name(query.name);
  writer.u16(query.type);
  writer.u16(query.class);
  for (const record of [...reply.answers, ...reply.authority]) writer.raw(encodeRecord(record, query.name));
  writer.raw(opt);
  return writer.bytes();
}

// Who was asked with it answers with it. RFC 6891 6.1.1
function encodeOpt(): Uint8Array {
  const writer = byteWriter();
  writer.name('');
  writer.u16(OPT);
  writer.u16(OWN_DATAGRAM);
  writer.u32(0);
  writer.u16(0);
  return writer.bytes();
}

// A thousand records of one name fit into a message only because they do not repeat it.
function encodeRecord({ name, data }: DnsRecord, question: string): Uint8Array {
  const writer = byteWriter();
  const bytes = encodeRecordData(data);
  if (name === question && name !== '') writer.pointer(HEADER_LENGTH);
  else writer.name(name);
  writer.u16(recordTypes[data.type]);
  writer.u16(CLASS_IN);
  writer.u32(TTL);
  writer.u16(bytes.length);
  writer.raw(bytes);
  return writer.bytes();
}
