/** The hosts of a service, by its SRV records, in the order in which a client must try them. RFC 2782 */
import type { Evidence, ServiceEvidence } from '#lib/result/evidence.ts';
import type { Alias } from './dns/aliases.ts';
import { type Found, lookUp } from './dns/lookup.ts';
import { isAskable, NO_HOST, type ServiceRecord } from './dns/message.ts';
import { QuestionLog, type QuestionRow } from './dns/question-log.ts';
import { serversOf } from './dns/servers.ts';
import { NetFailure } from './failure.ts';
import { limits } from './limits.ts';
import { lookupFailure } from './lookup-failure.ts';

/** `target`: a host, or "." where a record says that there is none. */
export type ServiceHost = Omit<ServiceRecord, 'type' | 'name'>;

/** `not-available`: the only record says that the service is decidedly not offered. That there is none is no failure. */
export type ServiceOutcome = 'found' | 'not-available' | 'no-data' | 'no-such-name';

export interface ServiceLookup {
  readonly name: string;
  readonly outcome: ServiceOutcome;
  /** In the order in which a client must try them, at most `limits.serviceHosts`; empty unless `found`. */
  readonly records: readonly ServiceHost[];
  /** How many there are beyond the limit. */
  readonly dropped: number;
  /** From the name of the service to the one that has the records. */
  readonly aliases: readonly Alias[];
  readonly evidence: Evidence;
}

/** What a lookup has seen. */
export interface ServiceSeen {
  readonly found: Found<ServiceRecord>;
  readonly resolvers: readonly string[];
  readonly elapsedMs: number;
  readonly questions: readonly QuestionRow[];
}

/**
 * Looks up SRV at these resolvers.
 * @param name `_autodiscover._tcp.contoso.example`
 * @param resolvers as in the profile
 * @throws NetFailure name-not-found (only for a name that DNS cannot hold), name-internal, name-server-failed, name-server-silent
 */
export async function resolveService(
  name: string,
  resolvers: readonly string[],
  signal: AbortSignal,
): Promise<ServiceLookup> {
  const host = name.replace(/\.$/, '');
  if (!isAskable(host)) throw new NetFailure('name-not-found', { host: name, detail: 'malformed' });
  const started = performance.now();
  const servers = serversOf(resolvers);
  const log = new QuestionLog();
  const ends = AbortSignal.any([signal, AbortSignal.timeout(limits.dnsLookupMs)]);
  const found = await lookUp({ name: host, type: 'SRV' }, { servers, log, signal: ends });
  const elapsedMs = Math.round(performance.now() - started);
  return serviceOf(host, { found, resolvers: servers.map((server) => server.name), elapsedMs, questions: log.rows() });
}

/**
 * What a lookup has seen, in order. Pure.
 * @throws NetFailure as `resolveService`
 */
export function serviceOf(name: string, seen: ServiceSeen): ServiceLookup {
  const { found } = seen;
  const inOrder = found.records.map(toHost).toSorted(byTurn);
  const hosts = inOrder.slice(0, limits.serviceHosts);
  const dropped = inOrder.length - hosts.length;
  const evidence: Evidence = { kind: 'srv', body: evidenceOf(name, seen, hosts, dropped) };
  const outcome = outcomeOf(found);
  if (outcome === null) throw lookupFailure(name, { ...seen, families: [found] }, evidence, 'SRV records');
  return { name, outcome, records: outcome === 'found' ? hosts : [], dropped, aliases: found.aliases, evidence };
}

/** Null where nobody could say. */
function outcomeOf({ outcome, records }: Found<ServiceRecord>): ServiceOutcome | null {
  if (outcome === 'failed' || outcome === 'silent') return null;
  return records.length === 1 && records[0]?.target === NO_HOST ? 'not-available' : outcome;
}

const toHost = ({ priority, weight, port, target, ttl }: ServiceRecord): ServiceHost => ({
  priority,
  weight,
  port,
  target,
  ttl,
});

/**
 * By priority, then the heavier one first. A client draws lots among those of one priority, by their weights; here two runs have to
 * show the same, so each is where most clients would have it. Servers turn their records around from answer to answer: what has the
 * same weight goes by name.
 */
function byTurn(one: ServiceHost, other: ServiceHost): number {
  return (
    one.priority - other.priority ||
    other.weight - one.weight ||
    compare(one.target.toLowerCase(), other.target.toLowerCase()) ||
    one.port - other.port
  );
}

/** By code unit: the order must not depend on the language of the machine. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function evidenceOf(
  name: string,
  { found, resolvers, elapsedMs, questions }: ServiceSeen,
  hosts: readonly ServiceHost[],
  dropped: number,
): ServiceEvidence {
  return {
    name,
    resolver: resolvers.join(', '),
    elapsedMs,
    answer: found.word,
    records: [...hosts],
    dropped,
    aliases: [...found.aliases],
    questions: [...questions],
  };
}
