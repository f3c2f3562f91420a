/** The timeline: where a step lies in it, and where it ends. */
import { describe, expect, test } from 'vitest';
import { busy, endOf, spanOf } from '#components/tree/timeline.tsx';
import { find, type ResultNode } from '#lib/result/node.ts';
import { finished, running } from './sample.ts';

const step = find(finished.root, 'autodiscover/named/dns') ?? expect.fail('the sample has this step');
const ran = (startedMs: number | null, elapsedMs: number | null, status: ResultNode['status'] = 'passed') =>
  spanOf({ ...step, startedMs, elapsedMs, status }, 4_000);

describe('a step in the timeline', () => {
  test('lies where it ran, and says so in words', () => {
    expect(ran(1_000, 500)).toEqual({ from: 25, length: 12.5, isOpen: false, words: 'from 1.0 s to 1.5 s' });
  });

  test('that took no time can be seen, at the edge too', () => {
    expect(ran(1_000, 0)).toMatchObject({ from: 25, length: 0.8 });
    expect(ran(4_000, 0)).toMatchObject({ from: 99.2, length: 0.8 });
  });

  test('that has not ended goes on to the edge', () => {
    expect(ran(1_000, null, 'running')).toEqual({ from: 25, length: 75, isOpen: true, words: 'since 1.0 s' });
  });

  test('that never began, or of which nobody knows the end, is not drawn', () => {
    expect(ran(null, null, 'skipped')).toBeNull();
    expect(ran(1_000, null, 'broken')).toBeNull();
  });

  test('of a group shows when something was done below it, and not when it waited', () => {
    const child = (id: string, startedMs: number, elapsedMs: number | null): ResultNode => ({
      ...step,
      id,
      startedMs,
      elapsedMs,
      status: elapsedMs === null ? 'running' : 'passed',
    });
    const inner = { ...child('b', 0, 3_000), children: [child('b/1', 400, 400), child('b/2', 2_000, 400)] };
    const group = { ...child('g', 0, 4_000), children: [child('a', 0, 400), inner, child('c', 3_000, null)] };
    expect(busy(group, 4_000)).toEqual([
      { from: 0, length: 20, isOpen: false },
      { from: 50, length: 10, isOpen: false },
      { from: 75, length: 25, isOpen: true },
    ]);
  });

  test.each([finished, running])('stays within it, in a whole run', ({ root }) => {
    for (const child of root.children) {
      const span = spanOf(child, endOf(root.elapsedMs ?? 0));
      expect((span?.from ?? 0) + (span?.length ?? 0)).toBeLessThanOrEqual(100);
    }
  });
});

test.each([
  [0, 10],
  [10, 10],
  [11, 12],
  [999, 1_000],
  [1_001, 1_200],
  [8_500, 10_000],
  [10_294, 12_000],
  [120_000, 120_000],
])('a run of %d ms has a timeline of %d ms', (latest, end) => {
  expect(endOf(latest)).toBe(end);
});
