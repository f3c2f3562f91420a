/** The run's answer out of a finished tree. */
import { describe, expect, test } from 'vitest';
import type { EventBody } from '#lib/result/events.ts';
import { draft } from '#lib/result/finding.ts';
import { endUnfinished } from '#lib/result/interrupt.ts';
import { foldAside, foldStates, type NodeState, type ResultNode, ROOT, walk } from '#lib/result/node.ts';
import { fold, reduce } from '#lib/result/reducer.ts';
import { judge, type Verdict } from '#lib/result/verdict.ts';
import { cancelled, eventsOf, expired, fault, finding, head, node, notFound, planned, soon } from './build.ts';

const judged = (children: ResultNode[], status: NodeState = 'failed', findings: ResultNode['findings'] = []): Verdict =>
  judge(node(ROOT, status, { children, findings }), 'tls', 'a.test');

const failed = (id: string, from = expired): ResultNode =>
  node(id, 'failed', { findings: [finding(id, from, 'error')] });
const warned = (id: string, from = soon): ResultNode =>
  node(id, 'warning', { findings: [finding(id, from, 'warning')] });

describe('the outcome', () => {
  test.each<[string, Partial<Verdict>, () => Verdict]>([
    ['nothing found', { status: 'passed', code: null, actor: null }, () => judged([node('a', 'passed')], 'passed')],
    [
      'an error',
      { status: 'failed', code: 'tls.certificate-expired', actor: 'mail-admin' },
      () => judged([failed('a')]),
    ],
    ['a warning', { status: 'warning', code: 'tls.certificate-expires-soon' }, () => judged([warned('a')], 'warning')],
    [
      'notices only',
      { status: 'passed', code: null },
      () => judged([node('a', 'passed', { findings: [finding('a', soon, 'notice')] })], 'passed'),
    ],
    [
      'our own fault',
      { status: 'broken', code: null, actor: null },
      () => judged([node('a', 'broken', { findings: [finding('a', fault, 'error')] })], 'broken'),
    ],
    [
      'an error beside our own fault',
      { status: 'failed', code: 'tls.certificate-expired' },
      () => judged([node('a', 'broken', { findings: [finding('a', fault, 'error')] }), failed('b')], 'failed'),
    ],
    [
      'a run out of time',
      { status: 'incomplete', code: null },
      () => {
        const why = draft('tool.time-budget', { part: 'step', budget: 1 });
        return judged([node('a', 'broken', { findings: [finding('a', why, 'error')] })], 'broken');
      },
    ],
    [
      'a cancelled run',
      { status: 'incomplete', code: null, summary: { key: 'tool.cancelled', args: {} } },
      () => judged([node('a', 'skipped')], 'skipped', [finding(ROOT, cancelled, 'notice')]),
    ],
    [
      'a warning, and then not tested to the end',
      { status: 'incomplete', causes: [] },
      () => judged([warned('a'), node('b', 'skipped')], 'skipped'),
    ],
  ])('%s', (_title, expected, verdictOf) => {
    expect(verdictOf()).toMatchObject(expected);
  });

  test('our own findings are never a cause', () => {
    const mixed = node('a', 'failed', { findings: [finding('a', fault, 'error'), finding('a', expired, 'error')] });
    expect(judged([mixed]).causes.map(({ finding }) => finding)).toEqual(['a#tls.certificate-expired']);
  });

  test('an incomplete run says why, in the words of its first untested step', () => {
    const why = draft('auth.password-not-usable', { host: 'a.test', authority: 'https://idp/' });
    const verdict = judged([node('a', 'skipped', { findings: [finding('a', why, 'notice')] })], 'skipped');
    expect(verdict.summary).toEqual({ key: 'auth.password-not-usable', args: why.args });
  });

  test('an incomplete run says why, however much it weighs, and not what was skipped where nobody needed it', () => {
    const skipped = (id: string, from: typeof soon, severity: 'notice' | 'warning') =>
      node(id, 'skipped', { findings: [finding(id, from, severity)] });
    const spared = node('a', 'not-needed', { children: [skipped('a/b', notFound, 'notice')] });
    const verdict = judged([spared, skipped('c', soon, 'warning')], 'skipped');
    expect(verdict).toMatchObject({ status: 'incomplete', code: null, summary: { key: soon.code } });
  });
});

describe('the root cause', () => {
  const ids = (verdict: Verdict): string[] => verdict.causes.map((cause) => cause.finding);

  test('is the first in plan order, errors before warnings', () => {
    const verdict = judged([warned('a'), failed('b'), failed('c', notFound)]);
    expect(ids(verdict)).toEqual([
      'b#tls.certificate-expired',
      'c#dns.host-not-found',
      'a#tls.certificate-expires-soon',
    ]);
    expect(verdict.code).toBe('tls.certificate-expired');
    expect(verdict.summary).toMatchObject({ key: 'verdict.failed.tls', args: { target: 'a.test' } });
  });

  test('is not what another finding explains', () => {
    const explained = finding('a', expired, 'error', 'b#dns.host-not-found');
    expect(ids(judged([node('a', 'failed', { findings: [explained] }), failed('b', notFound)]))).toEqual([
      'b#dns.host-not-found',
    ]);
  });

  test('is a finding whose explanation does not count itself', () => {
    const explained = finding('a', expired, 'error', 'b#dns.host-not-found');
    const spared = node('b', 'not-needed', { findings: [finding('b', notFound, 'error')] });
    expect(ids(judged([node('a', 'failed', { findings: [explained] }), spared]))).toEqual([
      'a#tls.certificate-expired',
    ]);
  });

  test('counts the steps that were not reached because of it, or because of what it explains', () => {
    const cause = 'a#dns.host-not-found';
    const after = [
      node('b', 'skipped', { because: 'a' }),
      node('c', 'skipped', { because: 'a', children: [node('c/d', 'skipped', { because: 'a' })] }),
      node('e', 'skipped', { because: 'x' }),
      node('f', 'failed', { findings: [finding('f', expired, 'error', cause)] }),
      node('g', 'skipped', { because: 'f' }),
    ];
    expect(judged([failed('a', notFound), ...after]).causes).toEqual([
      { finding: cause, node: 'a', actor: 'dns-admin', consequences: 4 },
    ]);
  });
});

test('what two places say in the same words is one cause, and stops what each of them stopped', () => {
  const after = [node('c', 'skipped', { because: 'a' }), node('d', 'skipped', { because: 'b' })];
  expect(judged([failed('a'), failed('b'), failed('e', notFound), ...after]).causes).toMatchObject([
    { finding: 'a#tls.certificate-expired', node: 'a', consequences: 2 },
    { finding: 'e#dns.host-not-found', consequences: 0 },
  ]);
});

describe('a finding weighs no more than the states above it', () => {
  const below = (status: NodeState): Verdict => judged([node('a', status, { children: [failed('a/b')] })], 'passed');
  test.each<[NodeState, Verdict['status'], number]>([
    ['not-needed', 'passed', 0],
    ['warning', 'warning', 1],
    ['broken', 'warning', 1],
    ['failed', 'failed', 1],
  ])('under %s the run is %s', (status, outcome, causes) => {
    const verdict = below(status);
    expect([verdict.status, verdict.causes.length]).toEqual([outcome, causes]);
  });

  test('also when that state is further up', () => {
    const deep = node('a', 'not-needed', { children: [node('a/b', 'failed', { children: [failed('a/b/c')] })] });
    expect(judged([deep], 'passed').status).toBe('passed');
  });
});

test.each<[NodeState[], NodeState]>([
  [[], 'passed'],
  [['passed', 'passed'], 'passed'],
  [['not-needed', 'not-needed'], 'not-needed'],
  [['passed', 'not-needed'], 'passed'],
  [['warning', 'passed'], 'warning'],
  [['skipped', 'warning'], 'skipped'],
  [['broken', 'skipped'], 'broken'],
  [['passed', 'broken', 'failed'], 'failed'],
])('a group of %j is %s', (states, expected) => expect(foldStates(states)).toBe(expected));

test.each<[NodeState[], NodeState]>([
  [[], 'passed'],
  [['passed', 'failed'], 'warning'],
  [['warning', 'skipped'], 'warning'],
  [['passed', 'skipped'], 'passed'],
  [['failed', 'skipped', 'skipped'], 'warning'],
  [['skipped', 'skipped'], 'skipped'],
  [['skipped', 'not-needed'], 'not-needed'],
  [['broken', 'failed'], 'warning'],
  [['broken', 'passed'], 'broken'],
])('a group of %j that stands aside is %s', (states, expected) => expect(foldAside(states)).toBe(expected));

describe('a run that lost its runner', () => {
  const why = draft('tool.interrupted', { what: 'its worker process ended' });
  const opening: EventBody[] = [
    { kind: 'opened', head },
    { kind: 'planned', parent: ROOT, nodes: [planned('a', [planned('b'), planned('c')]), planned('d')] },
    { kind: 'started', node: ROOT },
    { kind: 'started', node: 'a' },
    { kind: 'started', node: 'a/b' },
    { kind: 'ended', node: 'a/b', status: 'failed' },
    { kind: 'found', node: 'a/b', finding: finding('a/b', expired, 'error') },
    { kind: 'started', node: 'a/c' },
  ];
  const ended = (bodies: EventBody[]) => {
    const run = fold(eventsOf(...bodies));
    return endUnfinished(run, why).reduce(
      (state, body) => reduce(state, { v: 1, seq: state.seq + 1, at: 5_000, ...body }),
      run,
    );
  };

  test('closes what ran, skips what was planned, and keeps what was found', () => {
    const run = ended(opening);
    expect([...walk(run.root)].map(({ id, status, because }) => [id, status, because])).toEqual([
      ['run', 'broken', undefined],
      ['a', 'broken', undefined],
      ['a/b', 'failed', undefined],
      ['a/c', 'broken', undefined],
      ['d', 'skipped', ROOT],
    ]);
    expect(run.root.findings).toMatchObject([{ id: 'run#tool.interrupted', severity: 'error' }]);
    expect(run.status).toBe('closed');
  });

  test('is not tested to the end, and says why', () => {
    expect(ended(opening.slice(0, 3)).verdict).toMatchObject({
      status: 'incomplete',
      summary: { key: 'tool.interrupted', args: { what: 'its worker process ended' } },
    });
  });

  test('even if it never began', () => {
    expect(ended(opening.slice(0, 1))).toMatchObject({ status: 'closed', verdict: { status: 'incomplete' } });
  });

  test('is left alone when it has ended', () => {
    expect(endUnfinished(ended(opening), why)).toEqual([]);
  });
});
