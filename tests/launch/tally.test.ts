import { expect, test } from 'vitest';
import { judgeRunner, lastLine, nothing, skippedLines, sum } from '#lib/launch/tally.js';

const skipped = [{ name: 'a', reason: 'no curl' }];

test('the last line names skipped tests only if there are any', () => {
  expect(lastLine({ passed: 3, failed: 0, skipped: [] })).toBe('3 passed, 0 failed');
  expect(lastLine({ passed: 3, failed: 1, skipped })).toBe('3 passed, 1 failed, 1 skipped');
});

test('stages add up', () => {
  expect(
    sum([
      { passed: 1, failed: 2, skipped },
      { passed: 3, failed: 0, skipped: [] },
    ]),
  ).toEqual({
    passed: 4,
    failed: 2,
    skipped,
  });
});

test.each([
  ['wrote nothing', null, 0, 1],
  ['ran nothing', nothing, 0, 1],
  ['skipped everything', { passed: 0, failed: 0, skipped }, 0, 1],
  ['failed without naming a test', { passed: 5, failed: 0, skipped }, 1, 1],
  ['failed in two tests', { passed: 5, failed: 2, skipped }, 1, 2],
  ['passed', { passed: 5, failed: 0, skipped }, 0, 0],
])('a runner that %s', (_what, summary, exitCode, failed) => {
  expect(judgeRunner(summary, exitCode).failed).toBe(failed);
});

test('skipped tests are listed by reason, long lists cut', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const lines = skippedLines([...names.map((name) => ({ name, reason: 'no curl' })), { name: 'f', reason: 'no dig' }]);
  expect(lines).toEqual(['skipped: a; b; c; and 2 more (no curl)', 'skipped: f (no dig)']);
});
