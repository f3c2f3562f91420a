/** The fold: events in, tree out. */
import { describe, expect, test } from 'vitest';
import { type EventBody, readEvent, UnreadableEvent } from '#lib/result/events.ts';
import { find, lineage, ROOT, walk } from '#lib/result/node.ts';
import { emptyRun, fold, type RunState, reduce } from '#lib/result/reducer.ts';
import { report } from '#lib/result/report.ts';
import { eventsOf, expired, finding, head, planned } from './build.ts';

const plan: EventBody = { kind: 'planned', parent: ROOT, nodes: [planned('a', [planned('b')]), planned('c')] };
const start = (node: string): EventBody => ({ kind: 'started', node });
const end = (node: string, status: 'passed' | 'failed' = 'passed'): EventBody => ({ kind: 'ended', node, status });

describe('a run grows', () => {
  test('from the plan, with ids made of keys', () => {
    const run = fold(eventsOf({ kind: 'opened', head }, plan));
    expect([...walk(run.root)].map(({ id, status }) => [id, status])).toEqual([
      ['run', 'planned'],
      ['a', 'planned'],
      ['a/b', 'planned'],
      ['c', 'planned'],
    ]);
    expect([run.status, run.root.title]).toEqual(['queued', head.title]);
  });

  test('with times counted from its first step, to a tenth of a millisecond', () => {
    const run = fold(eventsOf({ kind: 'opened', head }, plan, start(ROOT), start('a'), start('a/b'), end('a/b')));
    expect(find(run.root, 'a/b')).toMatchObject({ status: 'passed', startedMs: 20, elapsedMs: 10 });
    expect(run.status).toBe('running');
  });

  test('a node that never started has no time', () => {
    const run = fold(eventsOf(plan, start(ROOT), { kind: 'ended', node: 'c', status: 'skipped', because: 'a/b' }));
    expect(find(run.root, 'c')).toMatchObject({ status: 'skipped', because: 'a/b', startedMs: null, elapsedMs: null });
  });

  test('a clock that goes back gives no negative time', () => {
    const [first, second, third] = eventsOf(plan, start('a'), end('a'));
    if (first === undefined || second === undefined || third === undefined) throw new Error('three events');
    const run = fold([first, second, { ...third, at: second.at - 5_000 }]);
    expect(find(run.root, 'a')?.elapsedMs).toBe(0);
  });

  test('a finding that comes again is replaced where it stands', () => {
    const first = finding('a', expired, 'error');
    const other = { ...first, id: 'a#other' };
    const again = { ...first, causedBy: 'c#x' };
    const found = [first, other, again].map((each): EventBody => ({ kind: 'found', node: 'a', finding: each }));
    expect(find(fold(eventsOf(plan, ...found)).root, 'a')?.findings).toEqual([again, other]);
  });

  test('to its report, which does not exist before the verdict', () => {
    const verdict = { status: 'passed', code: null, actor: null, summary: head.title, causes: [] } as const;
    const events = eventsOf(
      { kind: 'opened', head },
      plan,
      start(ROOT),
      end(ROOT),
      { kind: 'judged', verdict, clients: [] },
      { kind: 'closed' },
    );
    expect(report(events.slice(0, -2))).toBeNull();
    expect(report(events)).toMatchObject({ version: 1, analyzer: 'tls', redaction: 'none', elapsedMs: 30, verdict });
    expect(fold(events).status).toBe('closed');
  });
});

describe('a view can rely on', () => {
  const before = fold(eventsOf(plan, start(ROOT), start('a')));
  const next = (body: EventBody): RunState => reduce(before, { v: 1, seq: before.seq + 1, at: 2_000, ...body });

  test('nodes beside a change being the same objects', () => {
    const after = next(start('a/b'));
    expect(find(after.root, 'c')).toBe(find(before.root, 'c'));
    expect(find(after.root, 'a')).not.toBe(find(before.root, 'a'));
    expect(after.root).not.toBe(before.root);
  });

  test('the old state staying as it was', () => {
    const copy = structuredClone(before);
    next({ kind: 'found', node: 'a', finding: finding('a', expired, 'error') });
    next({ kind: 'evidence', node: 'a', evidence: { id: 'e1', kind: 'dns', bytes: 2 } });
    next(end('a', 'failed'));
    expect(before).toEqual(copy);
  });

  test('an event that came twice changing nothing at all', () => {
    const events = eventsOf(plan, start(ROOT), start('a'));
    expect(events.reduce(reduce, before)).toBe(before);
  });

  test('an event for a node of a newer program doing no harm', () => {
    expect([...walk(next(end('not/there')).root)]).toEqual([...walk(before.root)]);
  });

  test('an empty run being a run', () => expect(fold([])).toBe(emptyRun));
});

test('the lineage of a node leads from the root down to it', () => {
  expect(lineage('a/b/c')).toEqual(['a', 'a/b', 'a/b/c']);
  expect(lineage(ROOT)).toEqual([]);
});

describe('stored events', () => {
  const [event] = eventsOf(start('a'));

  test('are read as they were written', () => expect(readEvent(JSON.stringify(event))).toEqual(event));

  test('of a newer version are refused, with that version', () => {
    expect(() => readEvent(JSON.stringify({ ...event, v: 2 }))).toThrow(UnreadableEvent);
    expect(() => readEvent(JSON.stringify({ ...event, v: 2 }))).toThrow('newer Throughline (events of version 2)');
  });

  test.each(['null', '7', '"x"', '{}', '{"v":1}'])('%s is no event', (json) => {
    expect(() => readEvent(json)).toThrow(UnreadableEvent);
  });

  test.each(['', '{"v":1'])('half a line is no event: %j', (json) => {
    expect(() => readEvent(json)).toThrow(UnreadableEvent);
  });
});
