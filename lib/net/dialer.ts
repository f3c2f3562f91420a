/** Connections: every address of a host in parallel, the one chosen that clients would end up with, the others reported. */
import { connect, type Socket } from 'node:net';
import type { ConnectionsEvidence, Evidence } from '#lib/result/evidence.ts';
import { connectFailure } from './connect-failure.ts';
import { NetFailure } from './failure.ts';
import { race } from './happy-eyeballs.ts';
import { limits } from './limits.ts';
import { canReach, ownAddresses } from './own-addresses.ts';
import { type NetworkProfile, pinFor } from './profile.ts';
import { tunnel } from './proxy.ts';
import type { Address, Resolution } from './resolver.ts';

/** `not tested`: no fault of the host's; we have no way there ourselves, or our proxy has none. */
export type DialOutcome =
  | 'connected'
  | 'refused'
  | 'no answer'
  | 'no route'
  | 'reset'
  | 'not tested'
  | `failed (${string})`;

export interface Attempt {
  readonly address: string;
  readonly port: number;
  readonly outcome: DialOutcome;
  readonly elapsedMs: number;
}

export interface Dialed {
  readonly host: string;
  /** The port as clients know it; the profile may map it to another one. */
  readonly port: number;
  readonly address: Address;
  readonly socket: Socket;
  readonly connectMs: number;
  /** In the order in which clients try the addresses. */
  readonly attempts: readonly Attempt[];
  readonly evidence: Evidence;
}

/** How one address was tried, with the open connection where there is one. */
interface Try {
  readonly address: Address;
  readonly attempt: Attempt;
  readonly socket: Socket | null;
  /** What the outbound proxy said. */
  readonly refusal: NetFailure | null;
}

/**
 * Dials all addresses at once, and takes the one on which a client after RFC 8305 would end up.
 * @param own the addresses of this machine
 * @throws NetFailure refused, connect-timeout, unreachable, reset, no-own-route, proxy-refused; the attempts are its evidence
 */
export async function dial(
  to: Resolution,
  port: number,
  profile: NetworkProfile,
  signal: AbortSignal,
  own: readonly string[] = ownAddresses(),
): Promise<Dialed> {
  const late = new AbortController();
  const goal: Goal = { host: to.host, port: targetPort(to.host, port, profile), profile };
  const ends = AbortSignal.any([signal, late.signal]);
  const tries = to.addresses.map((address) => ({
    isOutOfReach: profile.proxy === null && !canReach(address.address, own),
    done: attempt(goal, address, ends),
  }));
  await Promise.any(tries.map(async ({ done }) => (await done).socket ?? Promise.reject())).catch(() => null);
  const timer = setTimeout(() => late.abort(), limits.otherAddressesMs);
  // An address that is out of our reach is tried all the same, but is not worth waiting for.
  await Promise.all(tries.map(({ isOutOfReach, done }) => (isOutOfReach ? null : done)));
  clearTimeout(timer);
  late.abort();
  const ended = tries.map(async ({ isOutOfReach, done }) => (isOutOfReach ? excused(await done) : done));
  return choose(to.host, port, await Promise.all(ended));
}

function choose(host: string, port: number, done: readonly Try[]): Dialed {
  const attempts = done.map(({ attempt }) => attempt);
  const body: ConnectionsEvidence = { host, port, attempts };
  const evidence: Evidence = { kind: 'connections', body };
  const tested = done.filter(({ attempt }) => attempt.outcome !== 'not tested');
  const measured = tested.map(({ socket, attempt }) => ({ connects: socket !== null, elapsedMs: attempt.elapsedMs }));
  const chosen = tested[race(measured).winner];
  for (const one of done) if (one !== chosen) one.socket?.destroy();
  if (chosen?.socket == null) {
    throw done.find(({ refusal }) => refusal !== null)?.refusal ?? connectFailure(host, port, attempts, evidence);
  }
  const { address, socket, attempt } = chosen;
  return { host, port, address, socket, connectMs: attempt.elapsedMs, attempts, evidence };
}

/** Silence and "no route" tell about our own network where we have no address that could speak to that one. */
function excused(one: Try): Try {
  const isOurLack = ['no answer', 'no route'].includes(one.attempt.outcome);
  return isOurLack ? { ...one, attempt: { ...one.attempt, outcome: 'not tested' } } : one;
}

interface Goal {
  readonly host: string;
  /** The port that is dialled. */
  readonly port: number;
  readonly profile: NetworkProfile;
}

/** Never rejects. */
async function attempt({ host, port, profile }: Goal, address: Address, signal: AbortSignal): Promise<Try> {
  const started = performance.now();
  const opened = await (profile.proxy === null
    ? open(address, port, signal)
    : throughProxy(new URL(profile.proxy), address, port, host, signal));
  const elapsedMs = Math.round((performance.now() - started) * 10) / 10;
  const result = (outcome: DialOutcome): Attempt => ({ address: address.address, port, outcome, elapsedMs });
  if (typeof opened === 'string') return { address, attempt: result(opened), socket: null, refusal: null };
  if (opened instanceof NetFailure) return { address, attempt: result('not tested'), socket: null, refusal: opened };
  return { address, attempt: result('connected'), socket: opened, refusal: null };
}

async function throughProxy(
  proxy: URL,
  { address, family }: Address,
  port: number,
  host: string,
  signal: AbortSignal,
): Promise<Socket | NetFailure> {
  const authority = `${family === 6 ? `[${address}]` : address}:${port}`;
  return tunnel(proxy, authority, host, signal).catch((error: unknown) => {
    if (error instanceof NetFailure) return error;
    throw error;
  });
}

/** A pin for this host outweighs the port map. */
function targetPort(host: string, port: number, profile: NetworkProfile): number {
  return pinFor(host, port, profile)?.toPort ?? profile.portMap.find(({ from }) => from === port)?.to ?? port;
}

function open(address: Address, port: number, signal: AbortSignal): Promise<Socket | DialOutcome> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve('no answer');
    const socket = connect({ host: address.address, port, family: address.family });
    const settle = (result: Socket | DialOutcome): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onTime);
      if (typeof result === 'string') socket.destroy();
      resolve(result);
    };
    const onTime = (): void => settle('no answer');
    const timer = setTimeout(onTime, limits.connectMs);
    signal.addEventListener('abort', onTime, { once: true });
    socket.once('connect', () => settle(socket));
    // Stays for good: between two owners of the socket, an error that nobody hears would end the process.
    socket.on('error', (error: NodeJS.ErrnoException) => settle(outcomeOf(error.code ?? error.message)));
  });
}

/** EACCES is what Linux says for a broadcast address and for a firewall's "prohibited" route; the last two where IPv6 is off. */
const NO_ROUTE = ['ENETUNREACH', 'EHOSTUNREACH', 'EACCES', 'EPERM', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'];

function outcomeOf(code: string): DialOutcome {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT') return 'no answer';
  if (code === 'ECONNRESET') return 'reset';
  return NO_ROUTE.includes(code) ? 'no route' : `failed (${code})`;
}
