/** Names to addresses, once per host and connection, every answer checked against the target policy. */
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { DnsEvidence, Evidence } from '#lib/result/evidence.ts';
import { errorCode, type FailureCode, NetFailure } from './failure.ts';
import { limits } from './limits.ts';
import { decide, type TargetPolicy } from './policy.ts';
import { type NetworkProfile, pinFor } from './profile.ts';

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
  /** Seconds; null where it did not come from DNS. */
  readonly ttl: number | null;
}

export interface Resolution {
  readonly host: string;
  /** Never empty; at most `limits.addresses`; each one allowed by the policy. */
  readonly addresses: readonly Address[];
  readonly evidence: Evidence;
}

interface Answers {
  readonly addresses: Address[];
  readonly errors: { question: string; answer: string }[];
}

/**
 * Looks up A and AAAA at the profile's resolvers, unless the profile pins the host's port to an address.
 * @throws NetFailure name-not-found, no-address, name-server-failed, name-server-silent, address-internal, target-not-allowed
 */
export async function resolve(
  host: string,
  port: number,
  profile: NetworkProfile,
  signal: AbortSignal,
): Promise<Resolution> {
  const known = addressWithoutLookup(host, port, profile);
  const pin = pinFor(host, port, profile);
  const policy = { allow: profile.allow, named: pin === undefined ? [] : [pin.address] };
  if (known !== null) return allowed(host, { addresses: [known], errors: [] }, 0, 'none', policy);
  const resolver = new Resolver({ timeout: limits.dnsTryMs, tries: limits.dnsTries });
  if (profile.resolvers.length > 0) resolver.setServers(profile.resolvers);
  const cancel = (): void => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const started = performance.now();
    const answers = merge(await Promise.all([ask(resolver, host, 'A'), ask(resolver, host, 'AAAA')]));
    return allowed(host, answers, performance.now() - started, resolver.getServers().join(', '), policy);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function addressWithoutLookup(host: string, port: number, profile: NetworkProfile): Address | null {
  const address = pinFor(host, port, profile)?.address ?? host;
  const family = isIP(address);
  return family === 0 ? null : { address, family: family as 4 | 6, ttl: null };
}

async function ask(resolver: Resolver, host: string, type: 'A' | 'AAAA'): Promise<Answers> {
  try {
    const answers =
      type === 'A' ? await resolver.resolve4(host, { ttl: true }) : await resolver.resolve6(host, { ttl: true });
    const family = type === 'A' ? 4 : 6;
    return { addresses: answers.map(({ address, ttl }) => ({ address, family, ttl })), errors: [] };
  } catch (error) {
    return { addresses: [], errors: [{ question: type, answer: errorCode(error) }] };
  }
}

function merge(parts: readonly Answers[]): Answers {
  return { addresses: parts.flatMap((part) => part.addresses), errors: parts.flatMap((part) => part.errors) };
}

function allowed(host: string, seen: Answers, elapsedMs: number, resolver: string, policy: TargetPolicy): Resolution {
  const addresses = seen.addresses.slice(0, limits.addresses);
  const body: DnsEvidence = {
    host,
    resolver,
    elapsedMs: Math.round(elapsedMs),
    answers: seen.addresses.slice(0, 50),
    errors: seen.errors,
  };
  const evidence: Evidence = { kind: 'dns', body };
  if (addresses.length === 0) throw noAddress(host, seen, body, evidence);
  const refused = addresses.map(({ address }) => ({ address, decision: decide(address, policy) }));
  const permitted = addresses.filter((_, at) => refused[at]?.decision.allowed);
  const first = refused.find(({ decision }) => !decision.allowed);
  if (permitted.length === 0 && first)
    throw notAllowed(
      host,
      refused.map(({ address }) => address),
      first.decision.reason,
      evidence,
    );
  return { host, addresses: permitted, evidence };
}

function notAllowed(host: string, addresses: string[], rule: string, evidence: Evidence): NetFailure {
  // An address that was typed in is a question of our policy; one that DNS gave out is a mistake in that zone.
  const code: FailureCode = isIP(host) === 0 ? 'address-internal' : 'target-not-allowed';
  return new NetFailure(code, { host, addresses, detail: rule }, [evidence]);
}

/** The heavier answer decides: a name exists if one question was answered with "no such record". */
function noAddress(host: string, seen: Answers, body: DnsEvidence, evidence: Evidence): NetFailure {
  const codes = seen.errors.map(({ answer }) => answer);
  const details = { host, resolver: body.resolver, waitedMs: body.elapsedMs };
  const fail = (code: FailureCode, detail: string): NetFailure =>
    new NetFailure(code, { ...details, detail }, [evidence]);
  const broken = codes.find((code) => ['ESERVFAIL', 'EREFUSED', 'ENOTIMP', 'EFORMERR', 'EBADRESP'].includes(code));
  if (broken) return fail('name-server-failed', broken.slice(1));
  // A resolver that cannot be reached says nothing about the zone.
  if (codes.includes('ETIMEOUT') || codes.includes('ECONNREFUSED')) return fail('name-server-silent', 'TIMEOUT');
  if (codes.includes('ENODATA')) return fail('no-address', 'NODATA');
  if (codes.includes('ENOTFOUND')) return fail('name-not-found', 'NXDOMAIN');
  return fail('unknown', codes.join(', '));
}
