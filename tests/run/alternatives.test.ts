/** Alternatives: judged when all have ended, in the client's order. */
import { describe, expect, test } from 'vitest';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import { type ResultNode, walk } from '#lib/result/node.ts';
import type { Blame } from '#lib/run/alternatives.ts';
import {
  type FakeProbe,
  fails,
  felt,
  hangs,
  inTurn,
  planOf,
  probe,
  type Ran,
  run,
  SUBJECT,
  slight,
  unfelt,
  warns,
  works,
} from './fakes.ts';

const none = draft('autodiscover.not-found', { domain: 'a.test', hosts: ['a.test'] });
const everyone = (failed: readonly ResultNode[]): Blame => ({ branches: failed.map(({ id }) => id) });

/** One group of alternatives, each of one step. */
function race(
  probes: Readonly<Record<string, FakeProbe>>,
  blame = everyone,
  { cancel, cost }: { readonly cancel?: AbortSignal; readonly cost?: (failed: ResultNode) => FindingDraft | null } = {},
): Promise<Ran> {
  const keys = Object.keys(probes);
  const plan = planOf([['?find', keys.map((key) => [key, ['step', 'next']] as const)], 'after']);
  const branches = Object.entries(probes).map(([key, each]) => ({
    key,
    body: (scope: Parameters<typeof inTurn>[0]) => inTurn(scope, { step: each, next: works }),
  }));
  return run(
    plan,
    async (scope) => {
      const found = await scope.alternatives('find', { branches, blame, ...(cost && { cost }) });
      return found.ok ? scope.step(works, SUBJECT, 'after') : found;
    },
    cancel ? { cancel } : {},
  );
}

const states = (ran: Ran): Record<string, string> =>
  Object.fromEntries(ran.node('find').children.map(({ step: _step, id, status }) => [id.replace('find/', ''), status]));

describe('a winner', () => {
  test('spares those before it that nobody would have felt', async () => {
    const ran = await race({ a: fails(unfelt), b: works });
    expect(states(ran)).toEqual({ a: 'not-needed', b: 'passed' });
    expect([ran.node('find').status, ran.state.verdict?.status]).toEqual(['passed', 'passed']);
  });

  test('leaves those before it that a person feels as warnings, however heavy their finding is', async () => {
    const ran = await race({ a: fails(felt), b: works });
    expect(states(ran)).toEqual({ a: 'warning', b: 'passed' });
    expect(ran.node('find/a/step').status).toBe('failed');
    expect(ran.state.verdict?.causes.map(({ finding }) => finding)).toEqual(['find/a/step#tls.certificate-expired']);
  });

  test('makes all behind it superfluous, failed or not', async () => {
    const ran = await race({ a: works, b: fails(felt), c: works });
    expect(states(ran)).toEqual({ a: 'passed', b: 'not-needed', c: 'not-needed' });
    expect(ran.state.verdict?.status).toBe('passed');
  });

  test('is the first that works in order, not the first in time', async () => {
    const slow = Promise.withResolvers<string>();
    const late = probe({ observe: () => slow.promise });
    const early = probe({
      observe: async () => {
        setImmediate(() => slow.resolve('late'));
        return 'early';
      },
    });
    const ran = await race({ a: late, b: early });
    expect(states(ran)).toEqual({ a: 'passed', b: 'not-needed' });
  });

  test('keeps its own warnings', async () => {
    const ran = await race({ a: fails(unfelt), b: warns(slight) });
    expect(ran.state.verdict?.causes.map(({ finding }) => finding)).toEqual([
      'find/b/step#tls.certificate-expires-soon',
    ]);
  });
});

describe('what a way that leads nowhere costs', () => {
  const slow = draft('autodiscover.slow-method-first', { host: 'a.test', waited: 21_000 });
  const SLOW = 'find/a#autodiscover.slow-method-first';

  test('is said at the branch, stays visible, and explains what was found there', async () => {
    const ran = await race({ a: fails(unfelt), b: works }, everyone, { cost: () => slow });
    expect(states(ran)).toEqual({ a: 'warning', b: 'passed' });
    expect(ran.node('find/a').findings).toMatchObject([{ id: SLOW }]);
    expect(ran.node('find/a/step').findings).toMatchObject([{ causedBy: SLOW }]);
    expect(ran.state.verdict?.causes.map(({ finding }) => finding)).toEqual([SLOW]);
  });

  test('is asked of those before the winner alone', async () => {
    const asked: string[] = [];
    const cost = ({ id }: ResultNode): null => {
      asked.push(id);
      return null;
    };
    const ran = await race({ a: fails(unfelt), b: works, c: fails(unfelt) }, everyone, { cost });
    expect(asked).toEqual(['find/a']);
    expect(states(ran)).toEqual({ a: 'not-needed', b: 'passed', c: 'not-needed' });
  });

  test('does not matter where nobody wins', async () => {
    const ran = await race({ a: fails(unfelt), b: fails(unfelt) }, everyone, { cost: () => slow });
    expect(ran.node('find/a').findings).toEqual([]);
  });
});

test('a failed branch shows as running until all have ended', async () => {
  const slow = Promise.withResolvers<string>();
  const failing = probe({
    observe: async () => {
      setImmediate(() => slow.resolve('late'));
      return 'seen';
    },
    judge: () => ({ ok: false, findings: [felt] }),
  });
  const { events } = await race({ a: failing, b: probe({ observe: () => slow.promise }) });
  const endOf = (node: string): number => events.findIndex((event) => event.kind === 'ended' && event.node === node);
  expect(endOf('find/a/step')).toBeLessThan(endOf('find/b/step'));
  expect(endOf('find/a')).toBeGreaterThan(endOf('find/b/step'));
});

describe('where nobody wins', () => {
  test('the branch that is blamed fails, the others were not needed', async () => {
    const ran = await race({ a: fails(unfelt), b: fails(felt) }, () => ({ branches: ['find/b'] }));
    expect(states(ran)).toEqual({ a: 'not-needed', b: 'failed' });
    expect(ran.node('find').status).toBe('failed');
    expect(ran.state.verdict).toMatchObject({ code: 'tls.certificate-expired', causes: [{ node: 'find/b/step' }] });
    expect(ran.node('after')).toMatchObject({ status: 'skipped', because: 'find/b/step' });
  });

  test('a branch that is not blamed, but felt, stays as a warning', async () => {
    const ran = await race({ a: fails(felt), b: fails(unfelt) }, () => ({ branches: ['find/b'] }));
    expect(states(ran)).toEqual({ a: 'warning', b: 'failed' });
    expect(ran.state.verdict?.causes.map(({ node }) => node)).toEqual(['find/b/step', 'find/a/step']);
  });

  test('a finding about all of them explains theirs, and is the one cause', async () => {
    const ran = await race({ a: fails(unfelt), b: fails(unfelt) }, () => ({ finding: none }));
    expect(ran.node('find').findings).toMatchObject([{ id: 'find#autodiscover.not-found' }]);
    for (const key of ['a', 'b'])
      expect(ran.node(`find/${key}/step`).findings).toMatchObject([{ causedBy: 'find#autodiscover.not-found' }]);
    expect(ran.state.verdict?.causes).toMatchObject([{ finding: 'find#autodiscover.not-found', node: 'find' }]);
    expect(ran.state.verdict?.causes[0]?.consequences).toBeGreaterThanOrEqual(2);
  });

  test('each cause is named in the verdict where several are blamed, and one that they share is named once', async () => {
    const apart = await race({ a: fails(unfelt), b: fails(felt) });
    expect(apart.state.verdict?.causes.map(({ node }) => node)).toEqual(['find/a/step', 'find/b/step']);
    const alike = await race({ a: fails(unfelt), b: fails(unfelt) });
    expect(alike.state.verdict?.causes.map(({ node }) => node)).toEqual(['find/a/step']);
  });

  test('nobody is blamed in a run that was cancelled', async () => {
    const cancel = new AbortController();
    const blame = (): Blame => {
      throw new Error('asked for blame');
    };
    setImmediate(() => cancel.abort());
    const ran = await race({ a: fails(unfelt), b: hangs }, blame, { cancel: cancel.signal });
    expect(ran.state.verdict).toMatchObject({ status: 'incomplete', summary: { key: 'tool.cancelled' } });
  });

  test('a mistake in the blame is ours, and every node ends', async () => {
    const ran = await race({ a: fails(unfelt) }, () => {
      throw new Error('oops');
    });
    expect(ran.node('find')).toMatchObject({ findings: [{ code: 'tool.fault', args: { what: 'Error: oops' } }] });
    expect([...walk(ran.state.root)].filter(({ status }) => ['running', 'planned'].includes(status))).toEqual([]);
  });
});
