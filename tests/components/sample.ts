/** A small run, told as events and folded by the reducer: two alternatives, the second fails at its certificate. */
import type { EventBody } from '#lib/result/events.ts';
import type { Finding } from '#lib/result/finding.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import { emptyRun, type RunState, reduce } from '#lib/result/reducer.ts';
import { rendered } from '#lib/result/rendered.ts';
import { title } from '#lib/result/titles.ts';
import { judge } from '#lib/result/verdict.ts';

const target = 'alice@contoso.example';
const [root, autodiscover] = ['contoso.example', 'autodiscover.contoso.example'];

const step = (key: string, host: string): PlannedNode => ({
  key,
  step: key,
  title: title('autodiscover.host', { host }),
  children: [],
});

function host(key: string, name: string): PlannedNode {
  return { ...step(key, name), children: [step('dns', name), step('certificate', name), step('sign-in', name)] };
}

const plan: PlannedNode = {
  ...step('autodiscover', target),
  alternatives: true,
  children: [host('root', root), host('named', autodiscover)],
};

const head = {
  engine: '0.1.0',
  rules: '1',
  analyzer: 'outlook',
  startedAt: '2026-11-20T12:00:00.000Z',
  title: title('run.title', { target }),
  target: { name: target },
  options: {},
  vantage: { name: 'Office Berlin', resolvers: [], proxied: false },
  ahead: 0,
};

function found(node: string, code: Finding['code'], args: Finding['args']): EventBody {
  return { kind: 'found', node, finding: { id: `${node}#${code}`, code, severity: 'error', args } };
}

const started = (node: string): EventBody => ({ kind: 'started', node });
const ended = (node: string, status: (EventBody & { kind: 'ended' })['status'], because?: string): EventBody => ({
  kind: 'ended',
  node,
  status,
  ...(because === undefined ? {} : { because }),
});

const notAfter = '2026-11-17T00:00:00.000Z';

const beginning: EventBody[] = [
  { kind: 'opened', head },
  { kind: 'planned', parent: 'run', nodes: [plan] },
  ...['run', 'autodiscover', 'autodiscover/root', 'autodiscover/root/dns'].map(started),
  found('autodiscover/root/dns', 'dns.host-not-found', { host: root, absence: 'does not exist' }),
  ended('autodiscover/root/dns', 'failed'),
  ...['autodiscover/named', 'autodiscover/named/dns'].map(started),
];

const rest: EventBody[] = [
  ended('autodiscover/root/certificate', 'skipped', 'autodiscover/root/dns'),
  ended('autodiscover/root/sign-in', 'skipped', 'autodiscover/root/dns'),
  ended('autodiscover/named/dns', 'passed'),
  started('autodiscover/named/certificate'),
  found('autodiscover/named/certificate', 'tls.certificate-expired', { host: autodiscover, days: 3, notAfter }),
  ended('autodiscover/named/certificate', 'failed'),
  ended('autodiscover/named/sign-in', 'skipped', 'autodiscover/named/certificate'),
  ended('autodiscover/root', 'not-needed'),
  ended('autodiscover/named', 'failed'),
  ended('autodiscover', 'failed'),
  ended('run', 'failed'),
];

function fold(bodies: readonly EventBody[]): RunState {
  return bodies.reduce(
    (run, body) => reduce(run, { v: 1, seq: run.seq + 1, at: 1000 + run.seq * 10, ...body }),
    emptyRun,
  );
}

/** In the middle: the first alternative has failed, but nothing is judged yet. */
export const running = rendered(fold(beginning));

const done = fold([...beginning, ...rest]);
const verdict = judge(done.root, 'outlook', target);

/** At the end. */
export const finished = rendered(
  fold([...beginning, ...rest, { kind: 'judged', verdict, clients: [] }, { kind: 'closed' }]),
);
