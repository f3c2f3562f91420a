/** Connects to a port at all of the host's addresses. Dead addresses beside a live one are a warning: clients meet them by chance. */
import type { Dialed } from '#lib/net/dialer.ts';
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
  emits: ['tcp.one-address-fails'],
  observe: (net, { resolution, port }, signal) => net.dial(resolution, port, signal),
  judge: (seen, { host, port }) => ({
    ok: true,
    value: seen,
    title: title('tcp-connect.passed', { host, port: String(port), address: seen.address.address }),
    findings: deadAddresses(seen),
    evidence: [seen.evidence],
  }),
};

const REASONS: Readonly<Record<string, string>> = {
  refused: 'connection refused',
  'no answer': 'no answer',
  'no route': 'no route',
  reset: 'connection cut off',
};

function deadAddresses({ host, attempts }: Dialed): FindingDraft[] {
  const dead = attempts.filter(({ outcome }) => outcome !== 'connected');
  if (dead.length === 0) return [];
  const failing = dead.map(({ address }) => address);
  const reason = [...new Set(dead.map(({ outcome }) => REASONS[outcome] ?? outcome))].join(', ');
  return [draft('tcp.one-address-fails', { host, failing, total: attempts.length, reason })];
}
