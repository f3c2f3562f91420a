/** Small trees and event lists, as a run would have made them. */
import type { EventBody, RunEvent, RunHead } from '#lib/result/events.ts';
import type { Finding, FindingDraft } from '#lib/result/finding.ts';
import { draft } from '#lib/result/finding.ts';
import type { NodeState, PlannedNode, ResultNode } from '#lib/result/node.ts';

export const head: RunHead = {
  engine: '0',
  rules: '0',
  analyzer: 'tls',
  startedAt: '2026-11-20T12:00:00.000Z',
  title: { key: 'run.title', args: { target: 'mail.example.test' } },
  target: { name: 'mail.example.test' },
  options: {},
  vantage: { name: 'here', resolvers: [], proxied: false },
  ahead: 0,
};

/** Numbers the events; each comes ten milliseconds after the one before. */
export function eventsOf(...bodies: readonly EventBody[]): RunEvent[] {
  return bodies.map((body, at) => ({ v: 1, seq: at + 1, at: 1_000 + at * 10, ...body }));
}

export function planned(key: string, children: readonly PlannedNode[] = []): PlannedNode {
  return { key, step: key, title: { key: 'autodiscover.host', args: { host: key } }, children };
}

export const notFound = draft('dns.host-not-found', { host: 'a.test', absence: 'does not exist in DNS' });
export const expired = draft('tls.certificate-expired', {
  host: 'a.test',
  days: 2,
  notAfter: '2026-11-18T00:00:00Z',
  clock: '',
});
export const soon = draft('tls.certificate-expires-soon', {
  host: 'a.test',
  days: 9,
  notAfter: '2026-11-29T00:00:00Z',
});
export const fault = draft('tool.fault', { what: 'TypeError: x' });
export const cancelled = draft('tool.cancelled', {});

/** A finding on a node; the severity is what the sentence wants to show. */
export function finding(node: string, from: FindingDraft, severity: Finding['severity'], causedBy?: string): Finding {
  const own = { id: `${node}#${from.code}`, code: from.code, severity, args: from.args };
  return causedBy === undefined ? own : { ...own, causedBy };
}

type Parts = Partial<Pick<ResultNode, 'findings' | 'children' | 'because'>>;

/** A node that has ended like this. */
export function node(id: string, status: NodeState, parts: Parts = {}): ResultNode {
  const step = id.split('/').at(-1) ?? id;
  const title = { key: 'run.title', args: { target: id } };
  return { id, step, title, status, startedMs: 0, elapsedMs: 1, findings: [], evidence: [], children: [], ...parts };
}
