/** Names to addresses, once per host and connection, every answer checked against the target policy. */
import { isIP } from 'node:net';
import type { DnsEvidence, Evidence } from '#lib/result/evidence.ts';
import { unicodeName } from '#lib/result/unicode-name.ts';
import type { Alias } from './dns/aliases.ts';
import type { Found } from './dns/lookup.ts';
import { type HostLookup, lookUpHost } from './dns/lookup-host.ts';
import { isAskable } from './dns/message.ts';
import { NetFailure } from './failure.ts';
import { interleave } from './happy-eyeballs.ts';
import { limits } from './limits.ts';
import { inWords, lookupFailure, notAllowed } from './lookup-failure.ts';
import { type Decision, decide, type TargetPolicy } from './policy.ts';
import { type NetworkProfile, pinFor } from './profile.ts';

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
  /** Seconds; null where it did not come from DNS. */
  readonly ttl: number | null;
}

/** An address that the target policy forbids, with the rule's name. */
export interface Forbidden {
  readonly address: string;
  readonly rule: string;
}

/** What went wrong with one of the two questions while the other one was answered. */
export interface Trouble {
  readonly family: 4 | 6;
  /** SERVFAIL, time-out, …, in the words of a finding. */
  readonly word: string;
  readonly silent: boolean;
  readonly resolver: string;
  readonly waitedMs: number;
}

export interface Resolution {
  readonly host: string;
  /** Never empty; at most `limits.addresses`; each one allowed by the policy; in the order in which clients try them. */
  readonly addresses: readonly Address[];
  /** Beside them, and not used. */
  readonly forbidden?: readonly Forbidden[];
  /** Allowed, and beyond the limit. */
  readonly untried?: readonly Address[];
  readonly troubles?: readonly Trouble[];
  /** `*.contoso.example`, where every name beside the host leads to the same addresses. */
  readonly wildcard?: string;
  /** From the host to the name that has the addresses. */
  readonly aliases?: readonly Alias[];
  readonly evidence: Evidence;
}

export interface ResolveOptions {
  /** Ask, beside the host, for a name that nobody has: does a wildcard answer? */
  readonly wildcard?: boolean;
}

/**
 * Looks up A and AAAA at the profile's resolvers, unless the profile pins the host's port to an address.
 * @throws NetFailure name-not-found, no-address, name-internal, name-server-failed, name-server-silent, address-internal,
 *   target-not-allowed
 */
export async function resolve(
  host: string,
  port: number,
  profile: NetworkProfile,
  signal: AbortSignal,
  { wildcard = false }: ResolveOptions = {},
): Promise<Resolution> {
  const known = addressWithoutLookup(host, port, profile);
  const pin = pinFor(host, port, profile);
  const policy = { allow: profile.allow, named: pin === undefined ? [] : [pin.address] };
  if (known !== null) return resolutionOf(host, notLookedUp(), [known], policy);
  if (!isAskable(host.replace(/\.$/, ''))) throw new NetFailure('name-not-found', { host, detail: 'malformed' });
  const seen = await lookUpHost(host, profile.resolvers, wildcard, signal);
  return resolutionOf(host, seen, seen.families.flatMap(toAddresses), policy);
}

function addressWithoutLookup(host: string, port: number, profile: NetworkProfile): Address | null {
  const address = pinFor(host, port, profile)?.address ?? host;
  const family = isIP(address);
  return family === 0 ? null : { address, family: family as 4 | 6, ttl: null };
}

function toAddresses({ records }: Found): Address[] {
  return records.map(({ type, address, ttl }) => ({ address, family: type === 'A' ? 4 : 6, ttl }));
}

function notLookedUp(): HostLookup {
  return { families: [], wildcard: null, resolvers: ['none'], elapsedMs: 0, questions: [] };
}

/**
 * What a lookup has seen, judged by the policy. Pure.
 * @param addresses all that were seen
 * @throws NetFailure as `resolve`
 */
export function resolutionOf(
  host: string,
  seen: HostLookup,
  addresses: readonly Address[],
  policy: TargetPolicy,
): Resolution {
  const evidence: Evidence = { kind: 'dns', body: evidenceOf(host, seen, addresses) };
  if (addresses.length === 0) throw lookupFailure(host, seen, evidence);
  const decided = addresses.map((address) => ({ address, decision: decide(address.address, policy) }));
  const permitted = interleave(decided.filter(({ decision }) => decision.allowed).map(({ address }) => address));
  const forbidden = decided
    .filter(({ address, decision }) => !decision.allowed && !isSynthesized(address))
    .map(toForbidden);
  if (permitted.length === 0) throw notAllowed(host, decided.map(toForbidden), evidence);
  return {
    host,
    addresses: permitted.slice(0, limits.addresses),
    untried: permitted.slice(limits.addresses),
    forbidden,
    troubles: seen.families.flatMap((family) => troubleOf(family, seen) ?? []),
    ...(seen.wildcard === null ? {} : { wildcard: seen.wildcard }),
    aliases: aliasesOf(seen),
    evidence,
  };
}

/** Both families have the same aliases, unless one of the two lookups ended early. */
function aliasesOf({ families }: HostLookup): readonly Alias[] {
  return families.map(({ aliases }) => aliases).toSorted((a, b) => b.length - a.length)[0] ?? [];
}

const toForbidden = ({ address, decision }: { address: Address; decision: Decision }): Forbidden => ({
  address: address.address,
  rule: decision.reason,
});

/** In networks that have IPv6 only the resolver makes such addresses out of the IPv4 ones: no mistake in anybody's zone. RFC 6147 */
function isSynthesized({ address }: Address): boolean {
  return address.startsWith('64:ff9b::');
}

/** One family without an answer. That there is none of it, said by the zone itself, is no trouble. */
function troubleOf({ type, outcome, word, resolver }: Found, { resolvers, elapsedMs }: HostLookup): Trouble | null {
  if (outcome === 'found' || outcome === 'no-data') return null;
  const family = type === 'A' ? 4 : 6;
  return {
    family,
    word: inWords(word),
    silent: outcome === 'silent',
    resolver: resolver ?? resolvers.join(', '),
    waitedMs: elapsedMs,
  };
}

const ANSWERS_SHOWN = 50;

function evidenceOf(host: string, seen: HostLookup, addresses: readonly Address[]): DnsEvidence {
  const unicode = unicodeName(host);
  return {
    host,
    ...(unicode === null ? {} : { unicode }),
    resolver: seen.resolvers.join(', '),
    elapsedMs: seen.elapsedMs,
    answers: addresses.slice(0, ANSWERS_SHOWN),
    errors: seen.families
      .filter(({ outcome }) => outcome !== 'found')
      .map(({ type, word }) => ({ question: type, answer: word })),
    aliases: [...aliasesOf(seen)],
    ...(seen.wildcard === null ? {} : { wildcard: seen.wildcard }),
    questions: [...seen.questions],
  };
}
