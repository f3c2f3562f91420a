/** Groups that stand aside, steps that are planned on the way, and what a run says beside its tree. */
import { describe, expect, test } from 'vitest';
import { type EndState, type ResultNode, ROOT, walk } from '#lib/result/node.ts';
import type { Worth } from '#lib/run/scope.ts';
import {
  type FakeProbe,
  type FakeScope,
  fails,
  felt,
  inTurn,
  notice,
  planOf,
  probe,
  type Ran,
  run,
  SUBJECT,
  slight,
  superfluous,
  throws,
  unfelt,
  warns,
  works,
} from './fakes.ts';

const statuses = (ran: Ran, ...ids: readonly string[]): string[] =>
  ids.map((id) => (id === ROOT ? ran.state.root : ran.node(id)).status);

/** A group with these steps, and a step behind it that needs nothing of it. */
function beside(steps: Readonly<Record<string, FakeProbe>>, worth: Worth | (() => Worth)): Promise<Ran> {
  const plan = planOf([['group', [...Object.keys(steps), 'never']], 'after']);
  return run(plan, async (scope) => {
    await scope.group('group', (group) => inTurn(group, steps), worth);
    return scope.step(works, SUBJECT, 'after');
  });
}

describe('a group that stands aside', () => {
  test.each<[string, FakeProbe, EndState]>([
    ['that fails is a warning', fails(felt), 'warning'],
    ['with a warning is one', warns(slight), 'warning'],
    ['that passes has passed', works, 'passed'],
    ['that nobody needs was not needed', superfluous, 'passed'],
    ['with a fault of ours keeps it', throws(new Error('oops')), 'broken'],
  ])('%s', async (_name, each, expected) => {
    const ran = await beside({ one: works, two: each }, 'aside');
    expect(ran.node('group').status).toBe(expected);
    expect(ran.node('after').status).toBe('passed');
  });

  test('stops nothing, and what it did not reach says because of what', async () => {
    const ran = await beside({ one: fails(felt) }, 'aside');
    expect(statuses(ran, 'group/one', 'group', 'after', ROOT)).toEqual(['failed', 'warning', 'passed', 'warning']);
    expect(ran.node('group/never')).toMatchObject({ status: 'skipped', because: 'group/one' });
    expect(ran.state.verdict).toMatchObject({ status: 'warning', code: 'tls.certificate-expired' });
  });

  test('is not the cause where something else is skipped later', async () => {
    const ran = await run(planOf([['group', ['one']], 'two', 'three']), async (scope) => {
      await scope.group('group', (group) => inTurn(group, { one: fails(unfelt) }), 'aside');
      return scope.step(fails(felt), SUBJECT, 'two');
    });
    expect(ran.node('three')).toMatchObject({ status: 'skipped', because: 'two' });
  });

  test('of which nothing was reached is skipped', async () => {
    const ran = await run(planOf([['group', ['one']]]), (scope) =>
      scope.group('group', async (group) => group.notTested('one', notice), 'aside'),
    );
    expect(ran.node('group').status).toBe('skipped');
  });

  test('may be told by how it ended', async () => {
    const worth = (all: Worth) => beside({ one: fails(felt) }, () => all);
    expect(statuses(await worth('aside'), 'group', ROOT)).toEqual(['warning', 'warning']);
    expect(statuses(await worth('needed'), 'group', ROOT)).toEqual(['failed', 'failed']);
  });

  test('hands its result over, failed or not', async () => {
    const seen: unknown[] = [];
    await run(planOf([['group', ['one']]]), (scope) =>
      scope.group(
        'group',
        (group) => inTurn(group, { one: works }),
        (result) => {
          seen.push(result.ok);
          return 'aside';
        },
      ),
    );
    expect(seen).toEqual([true]);
  });
});

describe('steps that become known on the way', () => {
  const added = (scope: FakeScope) => {
    scope.plan(planOf([['more', ['one', 'two']]]));
    return scope.group('more', (group) => inTurn(group, { one: works, two: fails(felt) }));
  };

  test('stand where they were added, and weigh like all others', async () => {
    const ran = await run(planOf([['group', ['first']], 'after']), async (scope) => {
      const result = await scope.group('group', async (group) => {
        await group.step(works, SUBJECT, 'first');
        return added(group);
      });
      return result.ok ? scope.step(works, SUBJECT, 'after') : result;
    });
    expect([...walk(ran.state.root)].map(({ id, status }) => `${id} ${status}`)).toEqual([
      'run failed',
      'group failed',
      'group/first passed',
      'group/more failed',
      'group/more/one passed',
      'group/more/two failed',
      'after skipped',
    ]);
    expect(ran.node('after').because).toBe('group/more/two');
  });

  test('are skipped where nobody goes', async () => {
    const ran = await run(planOf([['group', ['first']]]), (scope) =>
      scope.group('group', async (group) => {
        group.plan(planOf([['more', ['one']]]));
        return group.step(fails(felt), SUBJECT, 'first');
      }),
    );
    expect(statuses(ran, 'group/more', 'group/more/one')).toEqual(['skipped', 'skipped']);
    expect(ran.node('group/more/one').because).toBe('group/first');
  });

  test('can be looked at as they stand', async () => {
    const looks: ResultNode['status'][] = [];
    await run(planOf([['group', ['first']]]), (scope) =>
      scope.group('group', async (group) => {
        looks.push(group.look('first').status, scope.look('group').status);
        const first = await group.step(warns(slight), SUBJECT, 'first');
        looks.push(group.look('first').status);
        return first;
      }),
    );
    expect(looks).toEqual(['planned', 'running', 'warning']);
  });
});

test('a step that found out that nobody needs it is not what stopped the others', async () => {
  const ran = await run(planOf(['a', 'b', 'c']), async (scope) => {
    await scope.step(superfluous, SUBJECT, 'a');
    return scope.step(fails(felt), SUBJECT, 'b');
  });
  expect(ran.node('c')).toMatchObject({ status: 'skipped', because: 'b' });
});

test('what came may be looked at further although it is of no use: the step has failed, and goes on', async () => {
  const unusable = probe({
    judge: (value) => ({ ok: true, unusable: true, value, title: { key: 'run.title', args: {} }, findings: [felt] }),
  });
  const ran = await run(planOf(['a', 'b', 'c']), (scope) => inTurn(scope, { a: unusable, b: works }));
  expect(statuses(ran, 'a', 'b', ROOT)).toEqual(['failed', 'passed', 'failed']);
  expect(ran.state.verdict?.code).toBe('tls.certificate-expired');
});

test('what a run shows for each client comes with the verdict', async () => {
  const outcome = { client: 'outlook-2019', outcome: 'connects', by: 'srv', because: [] } as const;
  const ran = await run(planOf(['a']), (scope) => {
    scope.tellClients([outcome]);
    return scope.step(works, SUBJECT, 'a');
  });
  expect(ran.state.clients).toEqual([outcome]);
  expect((await run(planOf(['a']), (scope) => scope.step(works, SUBJECT, 'a'))).state.clients).toEqual([]);
});
