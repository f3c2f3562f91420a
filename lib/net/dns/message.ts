/**
 * DNS messages: one question out, one answer in. RFC 1035 4, RFC 6891. The package that reads the bytes takes much for granted, so
 * what it gives is checked here; an answer that cannot be read is a value, never an exception.
 */
import { isIP } from 'node:net';
import {
  type Answer as AnyRecord,
  type DecodedPacket,
  decode,
  encode,
  RECURSION_DESIRED,
  type SrvAnswer,
  type SrvData,
} from 'dns-packet';
import { limits } from '../limits.ts';
import { extendedError } from './extended-errors.ts';

export type AddressType = 'A' | 'AAAA';
export type QuestionType = AddressType | 'SRV';

export interface Question {
  /** Without the final dot. */
  readonly name: string;
  readonly type: QuestionType;
}

export type DnsRecord = AddressRecord | AliasRecord | ServiceRecord;

/** What a question of this type is after. */
export type RecordOf<T extends QuestionType> = T extends 'SRV' ? ServiceRecord : AddressRecord;

export interface AddressRecord {
  readonly type: AddressType;
  readonly name: string;
  readonly address: string;
  /** Seconds. */
  readonly ttl: number;
}

export interface AliasRecord {
  readonly type: 'CNAME';
  readonly name: string;
  readonly target: string;
  readonly ttl: number;
}

/** Where a service is offered. RFC 2782 */
export interface ServiceRecord {
  readonly type: 'SRV';
  readonly name: string;
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  /** A host; "." says that the service is decidedly not available. */
  readonly target: string;
  readonly ttl: number;
}

/** An answer that belongs to the question and could be read. */
export interface Answer {
  /** NOERROR, NXDOMAIN, SERVFAIL, …; REFERRAL for one that only points to other servers, which no resolver should do. */
  readonly status: string;
  /** Why, in the words of RFC 8914; null where the resolver does not say. */
  readonly because: string | null;
  /** The zone itself says that there is no more: its start of authority came along. RFC 2308 2.2 */
  readonly final: boolean;
  /** Aliases, addresses and services out of the answer section, in its order. */
  readonly records: readonly DnsRecord[];
}

/**
 * What was heard: `other` is not for this question (a late one, or a forged one), `truncated` has to be asked for over TCP, `bad`
 * belongs to the question and is unreadable.
 */
export type Heard = Answer | 'other' | 'truncated' | 'bad';

const HEADER_BYTES = 12;
/** RFC 1035 2.3.4, as text: 255 bytes with lengths and root are 253 characters. */
const LONGEST_NAME = 253;
const LONGEST_LABEL = 63;

/** Whether DNS can be asked for this name at all: labels of 1 to 63 bytes, 253 in all, printable ASCII. RFC 1035 2.3.4 */
export function isAskable(name: string): boolean {
  const labels = name.split('.');
  return isName(name) && labels.every((label) => label.length > 0 && label.length <= LONGEST_LABEL);
}

const isName = (name: string): boolean => name.length <= LONGEST_NAME && /^[!-~]+$/.test(name);

/**
 * A query that wants recursion.
 * @param question its name must be askable
 * @param edns whether to say that large datagrams are welcome; some old servers choke on it. RFC 6891 6.2.3
 */
export function encodeQuery(id: number, { name, type }: Question, edns: boolean): Uint8Array {
  return encode({
    type: 'query',
    id,
    flags: RECURSION_DESIRED,
    questions: [{ name, type, class: 'IN' }],
    additionals: edns ? [OPT] : [],
  });
}

const OPT: AnyRecord = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: limits.dnsDatagramBytes,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};

/** Reads what came for a query. Never throws. */
export function decodeAnswer(bytes: Uint8Array, id: number, question: Question): Heard {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (message.length < HEADER_BYTES || message.readUInt16BE(0) !== id) return 'other';
  const flags = message.readUInt16BE(2);
  const isAnswer = (flags & 0x8000) !== 0 && (flags & 0x7800) === 0;
  if (!isAnswer || countRecords(message) > limits.dnsRecords) return 'bad';
  // Where it was cut, a sloppy server leaves half a record; only the whole one is read.
  if ((flags & 0x0200) !== 0) return 'truncated';
  const packet = decodeWhole(message);
  const answer = packet && answerOf(packet);
  if (packet === null || answer === null) return 'bad';
  if (isAbout(packet, question)) return answer;
  // A server that does not understand the query may refuse it without repeating the question.
  return packet.questions?.length === 0 && isFailure(answer.status) ? answer : 'other';
}

/** Whether this status says that the resolver could not answer, rather than what the name has. */
export function isFailure(status: string): boolean {
  return status !== 'NOERROR' && status !== 'NXDOMAIN';
}

function countRecords(message: Buffer): number {
  return [4, 6, 8, 10].reduce((sum, at) => sum + message.readUInt16BE(at), 0);
}

function decodeWhole(message: Buffer): DecodedPacket | null {
  try {
    const packet = decode(message);
    return decode.bytes === message.length ? packet : null;
  } catch {
    return null;
  }
}

/** The question has to come back as it was sent: whoever forges an answer must know it. RFC 5452 9.1 */
function isAbout({ questions = [] }: DecodedPacket, asked: Question): boolean {
  const [question] = questions;
  return (
    questions.length === 1 &&
    question?.type === asked.type &&
    question.class === 'IN' &&
    question.name.toLowerCase() === asked.name.toLowerCase()
  );
}

function answerOf({ flags = 0, answers = [], authorities = [], additionals = [] }: DecodedPacket): Answer | null {
  const records = answers.filter(isOurs).map(recordOf);
  if (!records.every((record) => record !== null)) return null;
  const opt = additionals.find((record) => record.type === 'OPT');
  const status = statusOf((flags & 0xf) | ((opt?.extendedRcode ?? 0) << 4));
  const final = authorities.some(({ type }) => type === 'SOA');
  const refers =
    status === 'NOERROR' && answers.length === 0 && !final && authorities.some(({ type }) => type === 'NS');
  return { status: refers ? 'REFERRAL' : status, because: extendedError(opt?.options ?? []), final, records };
}

/** RFC 1035 4.1.1, RFC 2136 2.2, RFC 6891 6.1.3 */
const STATUSES: Readonly<Record<number, string>> = {
  0: 'NOERROR',
  1: 'FORMERR',
  2: 'SERVFAIL',
  3: 'NXDOMAIN',
  4: 'NOTIMP',
  5: 'REFUSED',
  9: 'NOTAUTH',
  16: 'BADVERS',
};

const statusOf = (code: number): string => STATUSES[code] ?? `RCODE ${code}`;

type OurRecord = Extract<AnyRecord, { data: string }> | SrvAnswer;

/** Types that nobody asked for (signatures, for instance) may come along and are left alone. */
function isOurs(record: AnyRecord): record is OurRecord {
  const isKnown = ['A', 'AAAA', 'CNAME', 'SRV'].includes(record.type);
  return isKnown && 'class' in record && record.class === 'IN' && !record.flush;
}

/** Null for a record whose content is not what its type says. */
function recordOf(record: OurRecord): DnsRecord | null {
  const { name, ttl: seconds = 0 } = record;
  // The highest bit means zero. RFC 2181 8
  const ttl = seconds > 0x7fffffff ? 0 : seconds;
  if (!isName(name)) return null;
  if (record.type === 'SRV') return serviceOf(name, record.data, ttl);
  const { type, data } = record;
  if (type === 'CNAME') return isAskable(data) ? { type, name, target: data, ttl } : null;
  const family = type === 'A' ? 4 : 6;
  return isIP(data) === family ? { type: family === 4 ? 'A' : 'AAAA', name, address: data, ttl } : null;
}

/** The root as the target of a service. RFC 2782 */
export const NO_HOST = '.';

function serviceOf(name: string, data: SrvData, ttl: number): ServiceRecord | null {
  const { priority = 0, weight = 0, port, target } = data;
  const isTarget = target === NO_HOST || isAskable(target);
  return isTarget ? { type: 'SRV', name, priority, weight, port, target, ttl } : null;
}
