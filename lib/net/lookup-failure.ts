/** Why a name leads to no address that may be dialled: which of several reasons names the failure. */
import { isIP } from 'node:net';
import type { Evidence } from '#lib/result/evidence.ts';
import { whyInternal } from './dns/internal-names.ts';
import type { Found, Outcome } from './dns/lookup.ts';
import type { DnsRecord } from './dns/message.ts';
import { type FailureCode, type FailureDetails, NetFailure } from './failure.ts';
import type { Forbidden } from './resolver.ts';

/** The heavier one decides: a name exists if one question was answered with "no such record". */
const BY_WEIGHT: readonly (readonly [Outcome, FailureCode])[] = [
  ['failed', 'name-server-failed'],
  ['silent', 'name-server-silent'],
  ['no-data', 'no-address'],
  ['no-such-name', 'name-not-found'],
];

type AnyFound = Found<DnsRecord>;

/** A lookup that gave nothing that can be used. */
export interface Fruitless {
  /** What came of each of its questions. */
  readonly families: readonly AnyFound[];
  readonly resolvers: readonly string[];
  readonly elapsedMs: number;
}

/** @param what was asked for, where that is not addresses */
export function lookupFailure(
  host: string,
  { families, resolvers, elapsedMs }: Fruitless,
  evidence: Evidence,
  what?: string,
): NetFailure {
  const [found, code] = heaviest(families);
  const internal = code === 'name-server-silent' ? null : internalName(host, found);
  if (internal !== null) return new NetFailure('name-internal', internal, [evidence]);
  const details: FailureDetails = {
    host,
    resolver: found?.resolver ?? resolvers.join(', '),
    waitedMs: elapsedMs,
    detail: found === undefined ? 'no resolver' : detailOf(found),
    ...(what === undefined ? {} : { what }),
    ...(found === undefined || found.aliases.length === 0 ? {} : { target: found.end }),
  };
  return new NetFailure(code, details, [evidence]);
}

function heaviest(families: readonly AnyFound[]): [AnyFound | undefined, FailureCode] {
  for (const [outcome, code] of BY_WEIGHT) {
    const found = families.find((family) => family.outcome === outcome);
    if (found !== undefined) return [found, code];
  }
  return [undefined, 'name-server-silent'];
}

/** A resolver that is silent says nothing about the name; everybody else says that it is nowhere to be found. */
function internalName(host: string, found: AnyFound | undefined): FailureDetails | null {
  const own = whyInternal(host);
  if (own !== null) return { host, detail: own };
  const why = found === undefined ? null : whyInternal(found.end);
  return found && why !== null ? { host: found.end, detail: `${why}; an alias leads there` } : null;
}

function detailOf({ outcome, word }: AnyFound): string {
  if (outcome === 'silent') return 'TIMEOUT';
  return inWords(word);
}

const WORDS: Readonly<Record<string, string>> = {
  BADRESP: 'an answer that cannot be read',
  REFERRAL: 'only a referral to other name servers',
};

/** What a resolver said, for a finding. */
export function inWords(word: string): string {
  return WORDS[word] ?? word;
}

/** The failure of a lookup whose addresses the policy forbids, all of them. */
export function notAllowed(host: string, forbidden: readonly Forbidden[], evidence: Evidence): NetFailure {
  // An address that was typed in is a question of our policy; one that DNS gave out is a mistake in that zone.
  const code: FailureCode = isIP(host) === 0 ? 'address-internal' : 'target-not-allowed';
  const addresses = forbidden.map(({ address }) => address).slice(0, ADDRESSES_NAMED);
  return new NetFailure(code, { host, addresses, detail: rulesOf(forbidden) }, [evidence]);
}

/** Findings stay short. */
export const ADDRESSES_NAMED = 8;

/** The rules that forbid these addresses, each once. */
export function rulesOf(forbidden: readonly Forbidden[]): string {
  return [...new Set(forbidden.map(({ rule }) => rule))].join(', ');
}
