/** The runner: a probe's failure becomes findings once and for all, what was not reached says why, and a run always ends. */
import { describe, expect, test } from 'vitest';
import { type FailureCode, NetFailure } from '#lib/net/failure.ts';
import { catalogue, type FindingCode } from '#lib/result/catalogue/index.ts';
import type { Emitted, RunEvent } from '#lib/result/events.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { childId, type NodeState, ROOT } from '#lib/result/node.ts';
import { fold } from '#lib/result/reducer.ts';
import { within } from '#lib/run/budget.ts';
import { type RunOutput, RunRecorder } from '#lib/run/recorder.ts';
import {
  type FakeProbe,
  fails,
  felt,
  hangs,
  inTurn,
  notice,
  planOf,
  probe,
  run,
  SUBJECT,
  shows,
  slight,
  superfluous,
  throws,
  unfelt,
  warns,
  works,
} from './fakes.ts';

const dns: Evidence = {
  kind: 'dns',
  body: { host: 'a.test', resolver: '', elapsedMs: 0, answers: [], errors: [] },
};

const other: Evidence = { ...dns, body: { ...dns.body, host: 'b.test' } };

/** One step, and another one behind it that needs nothing of it. */
const one = (each: FakeProbe) =>
  run(planOf(['first', 'second']), async (scope) => {
    await scope.step(each, SUBJECT, 'first');
    return scope.step(works, SUBJECT, 'second');
  });

describe('a step', () => {
  test.each<[string, FakeProbe, NodeState, FindingCode[], string]>([
    ['that passes', works, 'passed', [], 'passed'],
    ['with a warning', warns(slight), 'warning', ['tls.certificate-expires-soon'], 'passed'],
    ['with a notice', warns(notice), 'passed', ['auth.password-not-usable'], 'passed'],
    [
      'that fails',
      fails(felt, slight),
      'failed',
      ['tls.certificate-expired', 'tls.certificate-expires-soon'],
      'failed',
    ],
    ['that could not be tested', fails(notice), 'skipped', ['auth.password-not-usable'], 'failed'],
    ['that nobody needs', superfluous, 'not-needed', [], 'not there'],
  ])('%s', async (_name, each, status, codes, title) => {
    const ran = await one(each);
    const node = ran.node('first');
    expect([node.status, node.findings.map(({ code }) => code), node.title.args.host]).toEqual([status, codes, title]);
    expect(node.elapsedMs).not.toBeNull();
    expect(ran.node('second').status).toBe('passed');
  });

  test('gives each finding an id that is its own', async () => {
    const { findings } = (await one(fails(felt, unfelt, felt))).node('first');
    expect(findings.map(({ id }) => id)).toEqual([
      'first#tls.certificate-expired',
      'first#http.not-found',
      'first#tls.certificate-expired~2',
    ]);
  });

  test('hands evidence over before the event that refers to it, and equal evidence once', async () => {
    const { evidence, events, node } = await one(shows(dns, other, dns));
    expect(node('first').evidence.map(({ id }) => id)).toEqual(['e1', 'e2', 'e1']);
    expect(evidence.map(({ id, body }) => [id, body])).toEqual([
      ['e1', dns.body],
      ['e2', other.body],
    ]);
    for (const { id, after } of evidence) {
      const refers = events.findIndex((event) => event.kind === 'evidence' && event.evidence.id === id);
      expect(refers).toBeGreaterThanOrEqual(after);
    }
    expect(node('first').evidence[0]).toMatchObject({ bytes: JSON.stringify(dns.body).length, kind: 'dns' });
  });
});

describe('a network failure', () => {
  const details = { host: 'a.test', detail: 'why', addresses: ['192.0.2.1'] };
  // The type makes the table complete: a new failure code does not compile without a line here.
  const expected: Record<FailureCode, FindingCode> = {
    'name-not-found': 'dns.host-not-found',
    'no-address': 'dns.host-not-found',
    'name-internal': 'dns.internal-name',
    'name-server-failed': 'dns.lookup-failed',
    'name-server-silent': 'dns.lookup-timeout',
    'address-internal': 'dns.internal-address',
    'target-not-allowed': 'net.target-not-allowed',
    refused: 'tcp.refused',
    'connect-timeout': 'tcp.timeout',
    unreachable: 'tcp.unreachable',
    'no-own-address': 'tool.not-tested',
    reset: 'net.reset',
    'proxy-refused': 'net.outbound-proxy-refused',
    'not-tls': 'tls.not-tls',
    'tls-timeout': 'tls.timeout',
    'tls-alert': 'tls.handshake-failed',
    'tls-too-old': 'tls.protocol-too-old',
    'client-certificate': 'tls.client-certificate-required',
    'closed-early': 'net.reset',
    'closed-between-requests': 'net.reset',
    'certificate-changed': 'tls.certificate-changes',
    'http-timeout': 'http.timeout',
    'not-http': 'http.unexpected-answer',
    'too-large': 'net.limit-reached',
    unknown: 'tool.fault',
  };

  test.each(Object.entries(expected) as [FailureCode, FindingCode][])('%s is %s', async (failure, code) => {
    const ran = await one(throws(new NetFailure(failure, details, [dns])));
    const node = ran.node('first');
    expect(node.findings.map((finding) => finding.code)).toEqual([code]);
    // What nobody foresaw is our fault, not the server's; and what we have no way to is nobody's.
    const ends: Partial<Record<FindingCode, string>> = { 'tool.fault': 'broken', 'tool.not-tested': 'skipped' };
    expect(node.status).toBe(ends[code] ?? 'failed');
    expect(Object.keys(node.findings[0]?.args ?? {}).toSorted()).toEqual(Object.keys(catalogue[code].args).toSorted());
    expect(ran.evidence.map(({ body }) => body)).toEqual([dns.body]);
    expect(ran.node('second').status).toBe('passed');
  });

  test('says what is known: a name that does not exist is another thing than one without address', async () => {
    const absence = async (code: FailureCode) =>
      (await one(throws(new NetFailure(code, details)))).node('first').findings[0]?.args.absence;
    expect(await absence('name-not-found')).not.toEqual(await absence('no-address'));
  });
});

describe('a mistake of ours', () => {
  test.each<[string, FakeProbe]>([
    ['in observe', throws(new TypeError('x is undefined'))],
    [
      'in observe, at once',
      probe({
        observe: () => {
          throw new TypeError('x is undefined');
        },
      }),
    ],
    [
      'in judge',
      probe({
        judge: () => {
          throw new TypeError('x is undefined');
        },
      }),
    ],
  ])('%s breaks the step, and the run goes on', async (_name, each) => {
    const ran = await one(each);
    expect(ran.node('first')).toMatchObject({
      status: 'broken',
      findings: [{ code: 'tool.fault', args: { what: 'TypeError: x is undefined' } }],
    });
    expect(ran.node('second').status).toBe('passed');
    expect(ran.state.verdict?.status).toBe('broken');
  });

  test('in the analyzer breaks its group, and the run still has a verdict', async () => {
    const ran = await run(planOf([['group', ['a', 'b']]]), (scope) =>
      scope.group('group', async (group) => {
        await group.step(works, SUBJECT, 'a');
        throw new RangeError('oops');
      }),
    );
    expect(ran.node('group')).toMatchObject({ status: 'broken', findings: [{ code: 'tool.fault' }] });
    expect(ran.node('group/b')).toMatchObject({ status: 'skipped', because: 'group' });
    expect(ran.state).toMatchObject({ status: 'closed', verdict: { status: 'broken' } });
  });

  test('that is not even an error is named as such', async () => {
    expect((await one(throws('text'))).node('first').findings[0]?.args).toEqual({ what: 'unknown error' });
  });
});

describe('what was not reached', () => {
  test('is skipped because of the step that stopped it, at every depth', async () => {
    const plan = planOf(['a', 'b', ['group', ['c', ['deep', ['d']]]], 'e']);
    const ran = await run(plan, (scope) => inTurn(scope, { a: works, b: fails(felt) }));
    for (const id of ['group', 'group/c', 'group/deep', 'group/deep/d', 'e'])
      expect(ran.node(id)).toMatchObject({ status: 'skipped', because: 'b', startedMs: null });
    expect(ran.state.verdict?.causes).toMatchObject([{ finding: 'b#tls.certificate-expired', consequences: 5 }]);
  });

  test('blames the first of several parallel failures, in the order in which they became known', async () => {
    const ran = await run(planOf([['group', ['a', 'b']], 'c']), async (scope) => {
      return scope.group('group', async (group) => {
        const [, failed] = await Promise.all([group.step(works, SUBJECT, 'a'), group.step(fails(felt), SUBJECT, 'b')]);
        return failed;
      });
    });
    expect(ran.node('group').status).toBe('failed');
    expect(ran.node('c')).toMatchObject({ status: 'skipped', because: 'group/b' });
  });

  test('a step that could not be tested carries its notice and stops the rest', async () => {
    const ran = await run(planOf(['a', 'b']), async (scope) => scope.notTested('a', notice));
    expect(ran.node('a')).toMatchObject({ status: 'skipped', findings: [{ code: 'auth.password-not-usable' }] });
    expect(ran.node('b')).toMatchObject({ status: 'skipped', because: 'a' });
    expect(ran.state.verdict).toMatchObject({ status: 'incomplete', summary: { key: 'auth.password-not-usable' } });
  });

  test('a step that was superfluous does not weigh', async () => {
    const ran = await run(planOf(['a', 'b']), (scope) => {
      scope.notNeeded('a');
      return scope.step(works, SUBJECT, 'b');
    });
    expect([ran.node('a').status, ran.state.root.status]).toEqual(['not-needed', 'passed']);
  });
});

test('a group takes its state from its children, and its result from the body', async () => {
  const ran = await run(
    planOf([
      ['good', ['a', 'b']],
      ['bad', ['c']],
    ]),
    async (scope) => {
      await scope.group('good', (group) => inTurn(group, { a: works, b: warns(slight) }));
      return scope.group('bad', (group) => inTurn(group, { c: fails(felt) }));
    },
  );
  expect(['good', 'bad', ROOT].map((id) => (id === ROOT ? ran.state.root : ran.node(id)).status)).toEqual([
    'warning',
    'failed',
    'failed',
  ]);
});

describe('a host fact', () => {
  const plan = planOf(
    [
      ['one', ['dns1']],
      ['two', ['dns2']],
    ],
    { dns1: 'dns a.test', dns2: 'dns a.test' },
  );
  const ask = (scope: Parameters<Parameters<typeof run>[1]>[0], group: string, key: string, each: FakeProbe) =>
    scope.group(group, (inner) => inner.once('dns a.test', each, SUBJECT, key));

  test('is found out once, and belongs to the first in plan order although the second asked first', async () => {
    let times = 0;
    const counting = probe({ observe: async () => `time ${++times}` });
    const release = Promise.withResolvers<void>();
    const ran = await run(plan, async (scope) => {
      const first = scope.group('one', async (inner) => {
        await release.promise;
        return inner.once('dns a.test', counting, SUBJECT, 'dns1');
      });
      const second = await ask(scope, 'two', 'dns2', counting);
      release.resolve();
      expect([await first, second]).toMatchObject([
        { ok: true, value: 'time 1' },
        { ok: true, value: 'time 1' },
      ]);
      return second;
    });
    expect(times).toBe(1);
    expect(ran.node('one/dns1')).toMatchObject({ status: 'passed', title: { args: { host: 'passed' } } });
    expect(ran.node('one/dns1').sameAs).toBeUndefined();
    expect(ran.node('two/dns2')).toMatchObject({ status: 'passed', sameAs: 'one/dns1', evidence: [], findings: [] });
  });

  test('that fails stops both places, and is found once', async () => {
    const ran = await run(plan, async (scope) => {
      const [first] = await Promise.all([
        ask(scope, 'one', 'dns1', fails(unfelt)),
        ask(scope, 'two', 'dns2', fails(unfelt)),
      ]);
      return first;
    });
    expect([ran.node('one').status, ran.node('two').status]).toEqual(['failed', 'failed']);
    expect(ran.state.verdict?.causes.map(({ finding }) => finding)).toEqual(['one/dns1#http.not-found']);
  });

  test('that nobody began before the cancel is skipped wherever it stands', async () => {
    const ran = await run(
      plan,
      async (scope) => {
        await Promise.all([ask(scope, 'one', 'dns1', works), ask(scope, 'two', 'dns2', works)]);
        return { ok: true, value: null, node: scope.id };
      },
      { cancel: AbortSignal.abort() },
    );
    expect([ran.node('one/dns1').status, ran.node('two/dns2').status]).toEqual(['skipped', 'skipped']);
  });
});

describe('a run that is stopped', () => {
  const plan = planOf(['a', 'b', 'c']);
  const body = (scope: Parameters<Parameters<typeof run>[1]>[0]) => inTurn(scope, { a: works, b: hangs, c: works });

  test('by cancel ends at once, though the probe does not listen', async () => {
    const cancel = new AbortController();
    const ran = await run(plan, body, {
      cancel: cancel.signal,
      onEvent: (event) => {
        if (event.kind === 'started' && event.node === 'b') setImmediate(() => cancel.abort());
      },
    });
    expect(['a', 'b', 'c'].map((id) => ran.node(id).status)).toEqual(['passed', 'skipped', 'skipped']);
    expect(ran.node('b').because).toBe(ROOT);
    expect(ran.state.root.findings).toMatchObject([{ code: 'tool.cancelled', severity: 'notice' }]);
    expect(ran.state).toMatchObject({
      status: 'closed',
      verdict: { status: 'incomplete', code: null, summary: { key: 'tool.cancelled' } },
    });
  });

  test('by its time budget says so', async () => {
    const ran = await run(plan, body, { timeoutMs: 20 });
    expect(ran.state.root.findings).toMatchObject([{ code: 'tool.time-budget', args: { part: 'test', budget: 20 } }]);
    expect(ran.state.verdict).toMatchObject({ status: 'incomplete', summary: { key: 'tool.time-budget' } });
  });

  test('keeps what was found until then', async () => {
    const cancel = new AbortController();
    const ran = await run(
      plan,
      async (scope) => {
        await scope.step(fails(felt), SUBJECT, 'a');
        cancel.abort();
        return scope.step(works, SUBJECT, 'b');
      },
      { cancel: cancel.signal },
    );
    expect(ran.node('a').status).toBe('failed');
    expect(ran.node('b').status).toBe('skipped');
    expect(ran.state.verdict?.status).toBe('incomplete');
  });

  test('tells a probe that does listen', async () => {
    const cancel = new AbortController();
    let told: unknown = null;
    const listening = probe({
      observe: (_net, _input, signal) => {
        const { promise, reject } = Promise.withResolvers<string>();
        signal.addEventListener('abort', () => {
          told = signal.aborted;
          reject(new Error('stopped'));
        });
        queueMicrotask(() => cancel.abort());
        return promise;
      },
    });
    const ran = await run(plan, (scope) => scope.step(listening, SUBJECT, 'a'), { cancel: cancel.signal });
    expect([told, ran.node('a').status]).toEqual([true, 'skipped']);
  });
});

describe('a time budget', () => {
  const never = new AbortController().signal;

  test('leaves work behind that takes longer, and tells it to stop', async () => {
    const told = Promise.withResolvers<void>();
    const timed = await within(5, never, (signal) => {
      signal.addEventListener('abort', () => told.resolve());
      return new Promise<void>(() => undefined);
    });
    expect(timed).toEqual({ how: 'out-of-time' });
    await told.promise;
  });

  test('hands over what was done or thrown in time', async () => {
    expect(await within(1_000, never, async () => 7)).toEqual({ how: 'done', value: 7 });
    expect(await within(1_000, never, () => Promise.reject(7))).toEqual({ how: 'thrown', error: 7 });
  });

  test('is not begun in a run that was stopped already', async () => {
    expect(await within(1_000, AbortSignal.abort(), () => new Promise(() => undefined))).toEqual({ how: 'stopped' });
  });
});

test('the events of a run fold to the tree that its recorder kept', () => {
  const sent: Emitted[] = [];
  const output: RunOutput = { emit: (emitted) => void sent.push(emitted), evidence: () => undefined };
  const recorder = new RunRecorder(output, (text) => text);
  recorder.emit({ kind: 'planned', parent: ROOT, nodes: planOf([['a', ['b', 'c']]]) });
  for (const node of [ROOT, 'a', childId('a', 'b')]) recorder.emit({ kind: 'started', node });
  const cause = recorder.found(ROOT, unfelt);
  recorder.found('a/b', felt);
  recorder.saw('a/b', dns);
  recorder.emit({ kind: 'ended', node: 'a/b', status: 'failed' });
  recorder.explain(recorder.node('a'), cause.id);
  const events = sent.map(({ at, body }, index): RunEvent => ({ v: 1, seq: index + 1, at, ...body }));
  expect(fold(events).root).toEqual(recorder.root);
  expect(recorder.node('a/b').findings).toMatchObject([{ causedBy: 'run#http.not-found' }]);
  expect(() => recorder.node('nowhere')).toThrow('nowhere');
});
