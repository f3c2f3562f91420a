/** Connects to a port at all of the host's addresses. Dead addresses beside a live one are a warning: clients meet them by chance. */
import { isIP } from 'node:net';
import type { Attempt, Dialed } from '#lib/net/dialer.ts';
import type { Net } from '#lib/net/door.ts';
import type { Resolution } from '#lib/net/resolver.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';

export interface TcpConnectInput extends Subject {
  readonly resolution: Resolution;
}

export const tcpConnect: Probe<Net, TcpConnectInput, Dialed, Dialed> = {
  id: 'tcp-connect',
  titles: {
    planned: ({ host, port }) => title('tcp-connect.planned', { host, port: String(port) }),
    failed: ({ host, port }) => title('tcp-connect.failed', { host, port: String(port) }),
  },
  emits: ['tcp.one-address-fails', 'tool.not-tested'],
  observe: (net, { resolution, port }, signal) => net.dial(resolution, port, signal),
  judge: (seen, { host, port }) => ({
    ok: true,
    value: seen,
    title: title('tcp-connect.passed', { host, port: String(port), address: seen.address.address }),
    findings: [...deadAddresses(seen), ...outOfReach(seen)],
    evidence: [seen.evidence],
  }),
};

interface Death {
  readonly reason: string;
  /** What a client does that tries this address first. */
  readonly suffering: string;
}

/** In the order of their weight. Windows gives a silent address three packets within 21 s, and asks a refusing one twice more. */
const DEATHS: Readonly<Record<string, Death>> = {
  'no answer': {
    reason: 'no answer',
    suffering: 'Clients that try it first wait 250 ms, or 21 s if they take one address after the other',
  },
  'no route': { reason: 'no route', suffering: 'Clients that try it first may wait some seconds before they go on' },
  reset: { reason: 'connection cut off', suffering: 'Clients that try it first may give up there' },
  refused: {
    reason: 'connection refused',
    suffering: 'Clients that try it first go on at once, or after one or two seconds on Windows',
  },
};

const STRANGE = 'Clients that try it first may wait or fail';

function deadAddresses({ host, attempts }: Dialed): FindingDraft[] {
  const tested = attempts.filter(({ outcome }) => outcome !== 'not tested');
  const dead = tested.filter(({ outcome }) => outcome !== 'connected');
  if (dead.length === 0) return [];
  const outcomes = new Set(dead.map(({ outcome }) => outcome));
  const reason = [...outcomes].map((outcome) => DEATHS[outcome]?.reason ?? outcome).join(', ');
  const worst = Object.entries(DEATHS).find(([outcome]) => outcomes.has(outcome as Attempt['outcome']));
  const effect = worst?.[1].suffering ?? STRANGE;
  const failing = dead.map(({ address }) => address);
  return [draft('tcp.one-address-fails', { host, failing, total: tested.length, reason, effect })];
}

/** Addresses that are none of the host's faults: this installation has no way to them. */
function outOfReach({ host, attempts }: Dialed): FindingDraft[] {
  const missed = attempts.filter(({ outcome }) => outcome === 'not tested').map(({ address }) => address);
  if (missed.length === 0) return [];
  const family = missed.every((address) => isIP(address) === 6) ? 'IPv6 ' : '';
  const what = `The connection to the ${family}${missed.length === 1 ? 'address' : 'addresses'} of ${host} (${missed.join(', ')})`;
  return [draft('tool.not-tested', { what, reason: `this installation has no ${family}way there` })];
}
