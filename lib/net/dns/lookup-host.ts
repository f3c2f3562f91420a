/** Everything that DNS says about a host, in one round trip where all is well: both families, and whether a wildcard stands behind it. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../limits.ts';
import { type Asking, type Found, lookUp } from './lookup.ts';
import { isAskable } from './message.ts';
import { QuestionLog, type QuestionRow } from './question-log.ts';
import { serversOf } from './servers.ts';

export interface HostLookup {
  /** IPv4, then IPv6; empty where nothing was asked. */
  readonly families: readonly Found[];
  /** `*.contoso.example`, where every name beside the host leads to the same place. */
  readonly wildcard: string | null;
  readonly resolvers: readonly string[];
  readonly elapsedMs: number;
  readonly questions: readonly QuestionRow[];
}

/**
 * Looks up a host. Never rejects.
 * @param host an askable name
 * @param resolvers as in the profile
 * @param curious whether to ask for a name beside it, too
 */
export async function lookUpHost(
  host: string,
  resolvers: readonly string[],
  curious: boolean,
  signal: AbortSignal,
): Promise<HostLookup> {
  const started = performance.now();
  const over = new AbortController();
  const ends = AbortSignal.any([signal, over.signal, AbortSignal.timeout(limits.dnsLookupMs)]);
  const asking: Asking = { servers: serversOf(resolvers), log: new QuestionLog(), signal: ends };
  const name = host.replace(/\.$/, '');
  const beside = curious ? siblingOf(name) : null;
  const sibling = beside && lookUp({ name: beside, type: 'A' }, asking);
  const families = await bothFamilies(name, asking);
  const elapsedMs = Math.round(performance.now() - started);
  const wildcard = sibling && families[0].outcome === 'found' ? await soon(sibling, ends) : null;
  const questions = asking.log.rows();
  over.abort();
  return {
    families,
    wildcard: wildcard && isSamePlace(families[0], wildcard) ? `*.${parentOf(name)}` : null,
    resolvers: asking.servers.map((server) => server.name),
    elapsedMs,
    questions,
  };
}

/** Side by side; with one of them at hand, the other is not waited for as long as a lookup may take. */
async function bothFamilies(name: string, asking: Asking): Promise<[Found, Found]> {
  const late = new AbortController();
  const signal = AbortSignal.any([asking.signal, late.signal]);
  let timer: NodeJS.Timeout | undefined;
  const family = async (type: 'A' | 'AAAA'): Promise<Found> => {
    const found = await lookUp({ name, type }, { ...asking, signal });
    if (found.outcome === 'found') timer ??= setTimeout(() => late.abort(), limits.dnsOtherFamilyMs);
    return found;
  };
  const both = await Promise.all([family('A'), family('AAAA')]);
  clearTimeout(timer);
  return both;
}

/** What comes within the time that curiosity may cost. */
async function soon(found: Promise<Found>, signal: AbortSignal): Promise<Found | null> {
  const enough = new AbortController();
  const late = sleep(limits.dnsCuriosityMs, null, { signal: AbortSignal.any([signal, enough.signal]) }).catch(
    () => null,
  );
  const first = await Promise.race([found, late]);
  enough.abort();
  return first;
}

/** A name beside this one that nobody has: for `mail.contoso.example`. Above a domain other people's names begin. */
function siblingOf(name: string): string | null {
  const parent = parentOf(name);
  const sibling = `${randomBytes(9).toString('hex')}.${parent}`;
  return parent.includes('.') && isAskable(sibling) ? sibling : null;
}

function parentOf(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

/** The same addresses. A wildcard that leads elsewhere has nothing to do with this host. */
function isSamePlace(host: Found, beside: Found): boolean {
  const [one, other] = [host, beside].map(({ records }) => records.map(({ address }) => address).toSorted());
  return one?.join() === other?.join();
}
