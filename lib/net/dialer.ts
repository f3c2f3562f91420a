/** Connections: every address of a host in parallel, one chosen, the others reported. */
import { connect, type Socket } from 'node:net';
import type { ConnectionsEvidence, Evidence } from '#lib/result/evidence.ts';
import { type FailureCode, NetFailure } from './failure.ts';
import { limits } from './limits.ts';
import { type NetworkProfile, pinFor } from './profile.ts';
import { tunnel } from './proxy.ts';
import type { Address, Resolution } from './resolver.ts';

export type DialOutcome = 'connected' | 'refused' | 'no answer' | 'no route' | 'reset' | `failed (${string})`;

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
  readonly attempts: readonly Attempt[];
  readonly evidence: Evidence;
}

interface Try {
  readonly address: Address;
  readonly port: number;
  socket: Socket | null;
  outcome: DialOutcome;
  elapsedMs: number;
}

/**
 * Dials all addresses at once and takes the first in the resolver's order among those that answered together.
 * @throws NetFailure refused, connect-timeout, unreachable, reset, proxy-refused; the attempts are its evidence
 */
export async function dial(
  to: Resolution,
  port: number,
  profile: NetworkProfile,
  signal: AbortSignal,
): Promise<Dialed> {
  const late = new AbortController();
  const tries = to.addresses.map((address) =>
    attempt(to.host, address, port, profile, AbortSignal.any([signal, late.signal])),
  );
  const all = Promise.allSettled(tries);
  const first = await Promise.any(tries).catch(() => null);
  const timer = setTimeout(() => late.abort(), limits.otherAddressesMs);
  const done = (await all).map((settled) =>
    settled.status === 'fulfilled' ? settled.value : (settled.reason as Try | NetFailure),
  );
  clearTimeout(timer);
  const proxyFailure = done.find((one) => one instanceof NetFailure);
  if (first === null && proxyFailure) throw proxyFailure;
  return choose(
    to.host,
    port,
    done.filter((one): one is Try => !(one instanceof NetFailure)),
  );
}

function choose(host: string, port: number, done: readonly Try[]): Dialed {
  const attempts = done.map(toAttempt);
  const body: ConnectionsEvidence = { host, port, attempts };
  const evidence: Evidence = { kind: 'connections', body };
  const [chosen, ...spare] = done.filter((one) => one.socket !== null);
  for (const { socket } of spare) socket?.destroy();
  if (chosen?.socket == null) throw failed(host, port, attempts, evidence);
  return {
    host,
    port,
    address: chosen.address,
    socket: chosen.socket,
    connectMs: chosen.elapsedMs,
    attempts,
    evidence,
  };
}

const toAttempt = ({ address, port, outcome, elapsedMs }: Try): Attempt => ({
  address: address.address,
  port,
  outcome,
  elapsedMs,
});

/** Resolves when connected; rejects with the failed Try, or with the proxy's NetFailure. */
async function attempt(
  host: string,
  address: Address,
  port: number,
  profile: NetworkProfile,
  signal: AbortSignal,
): Promise<Try> {
  const target = targetPort(host, port, profile);
  const started = performance.now();
  const result = (outcome: DialOutcome, socket: Socket | null): Try => {
    const elapsedMs = Math.round((performance.now() - started) * 10) / 10;
    return { address, port: target, socket, outcome, elapsedMs };
  };
  if (profile.proxy !== null) {
    const bracketed = address.family === 6 ? `[${address.address}]` : address.address;
    return result('connected', await tunnel(new URL(profile.proxy), `${bracketed}:${target}`, host, signal));
  }
  const opened = await open(address, target, signal);
  if (typeof opened === 'string') throw result(opened, null);
  return result('connected', opened);
}

/** The port that is dialled: a pin for this host outweighs the port map. */
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

function outcomeOf(code: string): DialOutcome {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT') return 'no answer';
  if (code === 'ECONNRESET') return 'reset';
  // EACCES is what Linux says for a broadcast address and for a firewall's "prohibited" route.
  if (['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EACCES', 'EPERM'].includes(code)) return 'no route';
  return `failed (${code})`;
}

const CODES: readonly (readonly [DialOutcome, FailureCode])[] = [
  ['no answer', 'connect-timeout'],
  ['refused', 'refused'],
  ['reset', 'reset'],
  ['no route', 'unreachable'],
];

/** Which word names the whole failure: silence weighs most, because it is what a person waits for. */
function failed(host: string, port: number, attempts: readonly Attempt[], evidence: Evidence): NetFailure {
  const [outcome, code] = CODES.find(([word]) => attempts.some((one) => one.outcome === word)) ?? [
    'failed',
    'unknown' as const,
  ];
  const details = {
    host,
    port,
    addresses: attempts.map((one) => one.address),
    detail: String(attempts[0]?.outcome ?? outcome),
  };
  return new NetFailure(
    code,
    { ...details, waitedMs: Math.max(0, ...attempts.map((one) => one.elapsedMs)), phase: 'while connecting' },
    [evidence],
  );
}
