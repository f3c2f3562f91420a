/**
 * Servers that send back what they were given: none of it is in an event, in evidence, or in a report of any format. What the web
 * server keeps and shows is searched by the canary.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportJson } from '#lib/report/json.ts';
import { reportText } from '#lib/report/tree.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { echoed } from '#tests/lab/mail/echo.ts';
import { codesIn, runWorld } from '#tests/worlds/run-world.ts';

const WORLDS = ['echo-password', 'echo-windows', 'echo-token'];

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: WORLDS });
});
afterAll(() => lab.stop());

test.each(WORLDS)('%s', async (name) => {
  const { report, events, evidence } = await runWorld(lab.world(name));
  if (name !== 'echo-token') expect(codesIn(report.root)).toContain('autodiscover.provider-error');
  if (name !== 'echo-password') expect(echoed.size).toBeGreaterThan(20);
  const written = {
    events: JSON.stringify(events),
    evidence: JSON.stringify([...evidence.values()]),
    json: reportJson(report, new Map(evidence)),
    text: reportText(report),
  };
  const secrets = [...echoed, lab.world(name).password];
  for (const [where, text] of Object.entries(written))
    expect(
      secrets.filter((secret) => text.includes(secret)),
      where,
    ).toEqual([]);
});
