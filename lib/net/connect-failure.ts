/** Why no address of a host could be connected: which of several outcomes names the failure. */
import { isIP } from 'node:net';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Attempt, DialOutcome } from './dialer.ts';
import { type FailureCode, NetFailure } from './failure.ts';

/** Silence weighs most, because it is what a person waits for. */
const BY_WEIGHT: readonly (readonly [DialOutcome, FailureCode])[] = [
  ['no answer', 'connect-timeout'],
  ['refused', 'refused'],
  ['reset', 'reset'],
  ['no route', 'unreachable'],
];

/** The failure of these attempts, none of which was connected. It names the addresses to which its word applies. */
export function connectFailure(
  host: string,
  port: number,
  attempts: readonly Attempt[],
  evidence: Evidence,
): NetFailure {
  const details = { host, port, waitedMs: Math.max(0, ...attempts.map((one) => one.elapsedMs)) };
  for (const [outcome, code] of BY_WEIGHT) {
    const addresses = attempts.filter((one) => one.outcome === outcome).map(({ address }) => address);
    if (addresses.length === 0) continue;
    return new NetFailure(code, { ...details, addresses, detail: outcome, phase: 'while connecting' }, [evidence]);
  }
  const other = attempts.find(({ outcome }) => outcome !== 'not tested');
  const addresses = attempts.map(({ address }) => address);
  if (other !== undefined)
    return new NetFailure('unknown', { ...details, addresses, detail: other.outcome }, [evidence]);
  const families = new Set(addresses.map((address) => `IPv${isIP(address)}`));
  return new NetFailure('no-own-address', { ...details, addresses, detail: [...families].join(' and ') }, [evidence]);
}
