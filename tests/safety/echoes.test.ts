/**
 * Servers that send back what they were given: none of it is in an event, in evidence, or in a report of any format. What the web
 * server keeps and shows is searched by the canary.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportJson } from '#lib/report/json.ts';
import { reportText } from '#lib/report/tree.ts';
import { cli } from '#tests/cli/cli.ts';
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
  expect(codesIn(report.root)).toContain('autodiscover.provider-error');
  if (name !== 'echo-password') expect(echoed.size).toBeGreaterThan(20);
  const written = {
    events: JSON.stringify(events),
    evidence: JSON.stringify([...evidence.values()]),
    json: reportJson(report, new Map(evidence)),
    text: reportText(report),
  };
  const secrets = [...echoed, lab.world(name).password];
  for (const [where, text] of Object.entries(written)) expectClean(text, where, secrets);
});

function expectClean(text: string, where: string, secrets: readonly string[]): void {
  expect(
    secrets.filter((secret) => text.includes(secret)),
    where,
  ).toEqual([]);
}

test.each(WORLDS.flatMap((name) => ['tree', 'json'].map((format) => [name, format] as const)))(
  '%s on the command line, as %s',
  async (name, format) => {
    const { email, username, options, password, signInWith } = lab.world(name);
    const env = signInWith === undefined ? { THROUGHLINE_PASSWORD: password } : undefined;
    const args = ['outlook', '--email', email, '--username', username, ...options, '--format', format];
    const ended = await cli(args, env && { env });
    expect(ended.out).toContain('autodiscover.provider-error');
    // The code itself is for whoever sits there.
    const rest = ended.err.replaceAll(/^To sign in, open .*\n/gm, '');
    expectClean(ended.out + rest, format, [...echoed, password]);
  },
);
