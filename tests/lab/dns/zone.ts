import { type DnsRecord, type Query, type Reply, rcodes } from './packet.ts';
import { type RecordData, recordTypes } from './records.ts';

/** The ways in which a lookup goes wrong. `garbage`: what comes back is no DNS message. */
export type LookupFault = 'servfail' | 'refused' | 'silent' | 'garbage';

/** What there is to say about a name. */
export type NameAnswer = readonly RecordData[] | LookupFault | Bent;

/** Records, and something odd about getting them. */
export interface Bent {
  readonly records: readonly RecordData[];
  /** Questions of this type end in a fault. */
  readonly faults?: Partial<Record<RecordData['type'], LookupFault>>;
  /** Every other datagram is lost on its way: whoever asks has to ask twice. */
  readonly lossy?: true;
}

/**
 * The names of the lab, in lower case and without a dot at the end. `*.name` stands for whatever is not there below a name. A name
 * outside the lab is known as far as it stands here.
 */
export type Zone = ReadonlyMap<string, NameAnswer>;

/** The zone that every world lives in. */
export const ORIGIN = 'lab.test';

const soa: DnsRecord = {
  name: ORIGIN,
  data: { type: 'SOA', primary: `ns.${ORIGIN}`, contact: `hostmaster.${ORIGIN}`, serial: 1, negativeTtl: 60 },
};

const apex: readonly RecordData[] = [soa.data, { type: 'NS', target: `ns.${ORIGIN}` }];

/** What a resolver outside knows about names that are in use inside only: the root servers have never heard of them. */
const NOWHERE = 'local';
const rootSoa: DnsRecord = {
  name: '',
  data: { type: 'SOA', primary: 'a.root.test', contact: 'nobody.root.test', serial: 1, negativeTtl: 60 },
};

/** More than any client follows, and an end to those that lead in a circle. */
const MOST_ALIASES = 16;

/** Answers a query out of the zone; `null` means that it is never answered. Names outside the zone are refused. */
export function answerFrom(zone: Zone, query: Query): Reply | 'garbage' | null {
  const name = query.name.toLowerCase();
  const fault = faultOf(zone, name, query.type);
  if (fault === 'silent') return null;
  if (fault === 'garbage') return fault;
  if (fault === 'servfail') return failure(rcodes.serverFailure);
  if (fault === 'refused') return failure(rcodes.refused);
  if (!zone.has(name) && isBelow(name, NOWHERE)) return { rcode: rcodes.nameError, answers: [], authority: [rootSoa] };
  const { answers, end } = collect(zone, query.name, query.type);
  if (answers.some(({ data }) => recordTypes[data.type] === query.type) || !isBelow(end, ORIGIN))
    return { rcode: rcodes.noError, answers, authority: [] };
  // The status is that of the name at the end of the aliases. RFC 6604
  return { rcode: exists(zone, end) ? rcodes.noError : rcodes.nameError, answers, authority: [soa] };
}

/** Whether a question about this name gets lost every other time. */
export function isLossy(zone: Zone, name: string): boolean {
  const known = zone.get(name.toLowerCase());
  return typeof known === 'object' && 'lossy' in known;
}

function faultOf(zone: Zone, name: string, type: number): LookupFault | undefined {
  const known = zone.get(name);
  if (typeof known === 'string') return known;
  if (known !== undefined && 'faults' in known)
    return Object.entries(known.faults ?? {}).find(([word]) => recordTypes[word as RecordData['type']] === type)?.[1];
  return known !== undefined || isBelow(name, ORIGIN) || isBelow(name, NOWHERE) ? undefined : 'refused';
}

function failure(rcode: number): Reply {
  return { rcode, answers: [], authority: [] };
}

function isBelow(name: string, parent: string): boolean {
  return name === parent || name.endsWith(`.${parent}`);
}

// A name exists as soon as anything exists below it (RFC 8020), which is what tells "no data" from "no such name".
function exists(zone: Zone, name: string): boolean {
  return name === ORIGIN || [...zone.keys()].some((known) => isBelow(known, name)) || wildcardFor(zone, name) !== null;
}

// The one below the closest name that exists. RFC 4592 3.3.1
function wildcardFor(zone: Zone, name: string): string | null {
  for (let parent = parentOf(name); isBelow(parent, ORIGIN); parent = parentOf(parent)) {
    if (zone.has(`*.${parent}`)) return `*.${parent}`;
    if ([...zone.keys()].some((known) => isBelow(known, parent))) return null;
  }
  return null;
}

function parentOf(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

function collect(zone: Zone, asked: string, type: number): { answers: DnsRecord[]; end: string } {
  const answers: DnsRecord[] = [];
  let name = asked;
  for (let hop = 0; hop < MOST_ALIASES; hop++) {
    const records = recordsOf(zone, name.toLowerCase());
    const alias = records.find((record) => record.type === 'CNAME');
    const wanted = records.filter((record) => recordTypes[record.type] === type);
    answers.push(...wanted.map((data) => ({ name, data })));
    if (wanted.length > 0 || alias?.type !== 'CNAME') break;
    answers.push({ name, data: alias });
    name = alias.target;
  }
  return { answers, end: name.toLowerCase() };
}

function recordsOf(zone: Zone, name: string): readonly RecordData[] {
  if (name === ORIGIN) return apex;
  const isThere = [...zone.keys()].some((known) => isBelow(known, name));
  const known = zone.get(isThere ? name : (wildcardFor(zone, name) ?? name));
  if (known === undefined || typeof known === 'string') return [];
  return 'records' in known ? known.records : known;
}
