/** When a run asks its owner about another domain, and when it does not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunEvent } from '#lib/result/events.ts';
import { find } from '#lib/result/node.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { runWorld } from './run-world.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: ['redirect-needless', 'redirect-two-steps'] });
});
afterAll(() => lab.stop());

const asked = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.kind === 'asked' ? [event.question.hosts] : []));

test('nobody is asked about a redirect that an earlier way makes needless', async () => {
  const { report, events } = await runWorld({ ...lab.world('redirect-needless'), answers: 'no' });
  expect(asked(events)).toEqual([]);
  expect(report.verdict.status).toBe('passed');
  expect(find(report.root, 'autodiscover/http-redirect')?.status).toBe('not-needed');
  expect(Object.keys(lab.counts('redirect-needless').passwords)).toEqual(['autodiscover.redirect-needless.lab.test']);
});

test('where the only way leads out of the domain, the owner is asked before anything secret goes there', async () => {
  const world = { ...lab.world('redirect-two-steps'), redirectTo: [] };
  lab.resetCounts(world.name);
  const refused = await runWorld({ ...world, answers: 'no' });
  expect(asked(refused.events)).toHaveLength(1);
  expect(refused.report.verdict.status).toBe('incomplete');
  expect(lab.counts(world.name).passwords).toEqual({});
  const agreed = await runWorld({ ...world, answers: 'yes' });
  expect(asked(agreed.events)).toEqual(asked(refused.events));
  expect(agreed.report.verdict.status).not.toBe('incomplete');
});
