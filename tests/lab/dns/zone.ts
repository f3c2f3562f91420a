import { type DnsRecord, type Query, type Reply, rcodes } from './packet.ts';
import { type RecordData, recordTypes } from './records.ts';

/** The ways in which a lookup goes wrong. */
export type LookupFault = 'servfail' | 'refused' | 'silent';

/** What there is to say about a name. */
export type NameAnswer = readonly RecordData[] | LookupFault;

/** The names of the lab, in lower case and without a dot at the end. */
export type Zone = ReadonlyMap<string, NameAnswer>;

/** The zone that every world lives in. */
export const ORIGIN = 'lab.test';

const soa: DnsRecord = {
  name: ORIGIN,
  data: { type: 'SOA', primary: `ns.${ORIGIN}`, contact: `hostmaster.${ORIGIN}`, serial: 1, negativeTtl: 60 },
};

const apex: readonly RecordData[] = [soa.data, { type: 'NS', target: `ns.${ORIGIN}` }];

const MOST_ALIASES = 8;

/** Answers a query out of the zone; `null` means that it is never answered. Names outside the zone are refused. */
export function answerFrom(zone: Zone, query: Query): Reply | null {
  const name = query.name.toLowerCase();
  const known = name === ORIGIN ? apex : zone.get(name);
  if (known === 'silent') return null;
  if (known === 'servfail') return failure(rcodes.serverFailure);
  if (known === 'refused' || !isBelow(name, ORIGIN)) return failure(rcodes.refused);
  const answers = collect(zone, query.name, query.type);
  if (answers.length > 0) return { rcode: rcodes.noError, answers, authority: [] };
  return { rcode: exists(zone, name) ? rcodes.noError : rcodes.nameError, answers: [], authority: [soa] };
}

function failure(rcode: number): Reply {
  return { rcode, answers: [], authority: [] };
}

function isBelow(name: string, parent: string): boolean {
  return name === parent || name.endsWith(`.${parent}`);
}

// A name exists as soon as anything exists below it (RFC 8020), which is what tells "no data" from "no such name".
function exists(zone: Zone, name: string): boolean {
  return name === ORIGIN || [...zone.keys()].some((known) => isBelow(known, name));
}

function collect(zone: Zone, asked: string, type: number): DnsRecord[] {
  const found: DnsRecord[] = [];
  let name = asked;
  for (let hop = 0; hop < MOST_ALIASES; hop++) {
    const records = recordsOf(zone, name.toLowerCase());
    const alias = records.find((record) => record.type === 'CNAME');
    const wanted = records.filter((record) => recordTypes[record.type] === type);
    if (wanted.length > 0 || alias?.type !== 'CNAME') return [...found, ...wanted.map((data) => ({ name, data }))];
    found.push({ name, data: alias });
    name = alias.target;
  }
  return found;
}

function recordsOf(zone: Zone, name: string): readonly RecordData[] {
  if (name === ORIGIN) return apex;
  const known = zone.get(name);
  return known === undefined || typeof known === 'string' ? [] : known;
}
