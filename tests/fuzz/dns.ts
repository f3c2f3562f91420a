/**
 * Damaged DNS answers, from the bytes to what a lookup says: whatever comes is an answer, the word that it cannot be read, or a
 * failure of the lookup by its name. What is taken out of them is what its type says, and stays small.
 */

import { isIP } from 'node:net';
import { type Chain, startAt } from '#lib/net/dns/aliases.ts';
import { type Found, readAnswer } from '#lib/net/dns/lookup.ts';
import {
  type AddressType,
  type Answer,
  decodeAnswer,
  type Heard,
  isAskable,
  type QuestionType,
} from '#lib/net/dns/message.ts';
import { NetFailure } from '#lib/net/failure.ts';
import { limits } from '#lib/net/limits.ts';
import { type Address, resolutionOf } from '#lib/net/resolver.ts';
import { serviceOf } from '#lib/net/services.ts';
import { findingFor } from '#lib/run/failures.ts';
import { type DnsRecord, type Query, type Reply, rcodes, writeGarbage, writeReply } from '#tests/lab/dns/packet.ts';
import { addressRecord, type RecordData, recordTypes } from '#tests/lab/dns/records.ts';
import { type Random, seededRandom } from '#tests/lab/random.ts';
import { demand } from './complaint.ts';

const HOST = 'mail.example.test';
const ID = 0x1234;
const RESOLVER = '192.0.2.53:53';
/** A page of evidence is stored for each lookup; a hostile answer must not make it a book. */
const LARGEST_EVIDENCE = 100_000;

/** Damages answers until it is told to stop. */
export function fuzzDns(seed: number, until: () => boolean): { readonly rounds: number } {
  const random = seededRandom(`dns ${seed}`);
  const sound = { A: samples('A'), AAAA: samples('AAAA'), SRV: samples('SRV') };
  let rounds = 0;
  do {
    const type = random.pick<QuestionType>(['A', 'AAAA', 'SRV']);
    const bytes = damaged(random.pick(sound[type]), random);
    try {
      check(decodeAnswer(bytes, ID, { name: HOST, type }), type);
    } catch (error) {
      throw new Error(`round ${rounds}: ${Buffer.from(bytes).toString('hex')}`, { cause: error });
    }
    rounds += 1;
  } while (!until());
  return { rounds };
}

function check(heard: Heard, type: QuestionType): void {
  if (typeof heard === 'string') return;
  if (type === 'SRV') checkServices(heard);
  else checkAddresses(heard, type);
}

function checkAddresses(heard: Answer, type: AddressType): void {
  const read = readAnswer(startAt(HOST), type, heard, RESOLVER);
  checkNames(heard, read);
  if ('broken' in read) return;
  const addresses: Address[] = read.records.map((one) => ({ ...one, family: type === 'A' ? 4 : 6 }));
  demand(
    addresses.every(({ address, family }) => isIP(address) === family),
    'an address is one',
  );
  checkLookup(read, addresses);
}

function checkServices(heard: Answer): void {
  const read = readAnswer(startAt(HOST), 'SRV', heard, RESOLVER);
  checkNames(heard, read);
  if ('broken' in read) return;
  named(() => {
    const service = serviceOf(HOST, { found: read, resolvers: [RESOLVER], elapsedMs: 1, questions: [] });
    demand(service.records.length <= limits.serviceHosts, 'some hosts');
    demand(service.records.length + service.dropped <= heard.records.length, 'none that did not come');
    demand(
      service.records.every(({ target }) => target === '.' || isAskable(target)),
      'a host can be asked for',
    );
    demand(JSON.stringify(service.evidence).length < LARGEST_EVIDENCE, 'little evidence');
  });
}

function checkNames({ records }: Answer, { aliases, end }: Pick<Chain, 'aliases' | 'end'>): void {
  demand(records.length <= limits.dnsRecords, 'few records');
  demand(aliases.length <= limits.aliases + 1, 'few aliases');
  demand(isAskable(end), 'the end of the aliases can be asked for');
  demand(
    aliases.every(({ ttl }) => ttl >= 0 && ttl <= 0x7fffffff),
    'a time to live is one',
  );
}

/** Either a resolution or a NetFailure that has a finding; anything else goes up. */
function checkLookup(found: Found, addresses: readonly Address[]): void {
  const seen = { families: [found], wildcard: null, resolvers: [RESOLVER], elapsedMs: 1, questions: [] };
  named(() => {
    const resolution = resolutionOf(HOST, seen, addresses, { allow: ['192.0.2.0/24'], named: [] });
    demand(resolution.addresses.length > 0 && resolution.addresses.length <= limits.addresses, 'some addresses');
    demand(JSON.stringify(resolution.evidence).length < LARGEST_EVIDENCE, 'little evidence');
  });
}

/** A failure of the lookup is welcome, if a finding can be made of it. */
function named(look: () => void): void {
  try {
    look();
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    demand(findingFor(error) !== null, 'a failure that has a name');
    demand(JSON.stringify(findingFor(error)).length < 2_000, 'a short finding');
  }
}

/** Sound answers of every kind. */
function samples(type: QuestionType): readonly [Uint8Array, ...Uint8Array[]] {
  const query: Query = {
    id: ID,
    recursionDesired: true,
    name: HOST,
    type: recordTypes[type],
    class: 1,
    datagram: 1232,
  };
  const record = (name: string, data: RecordData): DnsRecord => ({ name, data });
  const alias = (name: string, target: string) => record(name, { type: 'CNAME', target });
  const soa = record('test', { type: 'SOA', primary: 'ns.test', contact: 'h.test', serial: 1, negativeTtl: 60 });
  const written = (reply: Partial<Reply>, to: Query = query) =>
    writeReply(to, { rcode: rcodes.noError, answers: [], authority: [], ...reply }, 65_535);
  return [
    written({ answers: [1, 2, 3].map((at) => record(HOST, wanted(type, at))) }),
    written({
      answers: [alias(HOST, 'a.test'), alias('a.test', 'b.test'), record('b.test', wanted(type, 9))],
    }),
    written({ answers: [alias(HOST, 'a.test'), alias('a.test', HOST)] }),
    written({ answers: [alias(HOST, 'exchange.local')], rcode: rcodes.nameError, authority: [soa] }),
    written({ answers: [record(HOST, { type: 'TXT', texts: ['x'] }), record(HOST, addressRecord('10.0.0.1'))] }),
    written({ rcode: rcodes.nameError, authority: [soa] }, { ...query, datagram: null }),
    written({ rcode: rcodes.serverFailure }),
    written({ authority: [record('test', { type: 'NS', target: 'ns.test' })] }),
    writeGarbage(query),
  ];
}

function wanted(type: QuestionType, at: number): RecordData {
  if (type === 'SRV') return { type, priority: at, weight: 10 * at, port: 443, target: `h${at}.test` };
  return addressRecord(type === 'A' ? `192.0.2.${at}` : `2001:db8::${at}`);
}

/** One to four wounds. The id is spared now and then, or nothing else would ever be looked at. */
function damaged(sound: Uint8Array, random: Random): Uint8Array {
  let bytes = [...sound];
  for (let wounds = 1 + random.below(4); wounds > 0; wounds--) bytes = random.pick(WOUNDS)(bytes, random);
  if (bytes.length >= 4 && random.below(8) > 0) bytes.splice(0, 3, ID >> 8, ID & 0xff, 0x81);
  return Uint8Array.from(bytes);
}

type Wound = (bytes: number[], random: Random) => number[];

const WOUNDS: readonly [Wound, ...Wound[]] = [
  (bytes, random) => bytes.toSpliced(at(bytes, random), 1, random.below(256)),
  (bytes, random) => flip(bytes, at(bytes, random), 1 << random.below(8)),
  // A pointer to anywhere. RFC 1035 4.1.4
  (bytes, random) => bytes.toSpliced(at(bytes, random), 2, 0xc0, random.below(bytes.length + 4)),
  (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  (bytes, random) => bytes.toSpliced(at(bytes, random), random.below(12)),
  (bytes, random) =>
    bytes.toSpliced(at(bytes, random), 0, ...Array.from({ length: random.below(12) }, () => random.below(256))),
  (bytes, random) => bytes.toSpliced(at(bytes, random), 0, ...bytes.slice(at(bytes, random)).slice(0, 40)),
  // One of the four counts.
  (bytes, random) => bytes.toSpliced(4 + 2 * random.below(4), 2, random.pick([0, 0, 0, 0xff]), random.below(256)),
];

const at = (bytes: readonly number[], random: Random): number => random.below(Math.max(1, bytes.length));

function flip(bytes: readonly number[], place: number, bit: number): number[] {
  return bytes.map((byte, index) => (index === place ? byte ^ bit : byte));
}
