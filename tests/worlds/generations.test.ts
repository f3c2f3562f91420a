/** Who is chosen decides as whom the settings are asked for; and whoever it is, a healthy mail system raises no alarm. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExchangeEvidence } from '#lib/result/evidence.ts';
import { find } from '#lib/result/node.ts';
import { text } from '#lib/result/text.ts';
import { WINDOWS } from '#tests/lab/client-tables.ts';
import { type ClientName, clientNames } from '#tests/lab/clients.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { codesIn, runWorld, type WorldRun } from './run-world.ts';

const OLDER: readonly ClientName[] = ['outlook-2003', 'outlook-2007', 'outlook-2010', 'outlook-2013'];
const ENDPOINT = 'autodiscover/https-autodiscover';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: ['healthy', 'healthy-classic'] });
});
afterAll(() => lab.stop());

/** Whether the questions for settings that a step has sent said that the client speaks MAPI over HTTP. */
function saidMapi({ report, evidence }: WorldRun, step: string): boolean[] {
  const refs = find(report.root, `${ENDPOINT}/${step}`)?.evidence ?? [];
  const exchanges = refs
    .filter(({ kind }) => kind === 'exchange')
    .map(({ id }) => evidence.get(id) as ExchangeEvidence);
  return exchanges.map(({ requestHeaders }) =>
    requestHeaders.some(([name, value]) => name === 'X-MapiHttpCapability' && value === '1'),
  );
}

const titleOf = ({ report }: WorldRun, step: string): string => {
  const node = find(report.root, `${ENDPOINT}/${step}`);
  return node === undefined ? 'not there' : text(node.title);
};

/** A server that names all its protocols to everybody is seen with the eyes of those that do not know them all. */
const cases = [
  ...clientNames.map((client) => ({ name: 'healthy', client })),
  ...OLDER.map((client) => ({ name: 'healthy-classic', client })),
];

describe.concurrent('no false alarm', () => {
  test.for(cases)('$name, looked at as $client', async ({ name, client }) => {
    const world = lab.world(name);
    const run = await runWorld({ ...world, client });
    const { root, verdict, clients } = run.report;
    expect(codesIn(root).filter((code) => world.mustNot.includes(code))).toEqual([]);
    expect([verdict.status, verdict.code]).toEqual(['passed', null]);
    // Whoever was chosen, both generations were asked for.
    const blocked = clients.filter(({ outcome }) => outcome === 'blocked').map((row) => row.client);
    const connected = clients.filter(({ outcome }) => outcome === 'connects').map((row) => row.client);
    expect([blocked, connected]).toEqual([[], expect.arrayContaining([...WINDOWS])]);
    const isOlder = OLDER.includes(client);
    expect([saidMapi(run, 'challenge'), saidMapi(run, 'sign-in')]).toEqual([[!isOlder], [!isOlder]]);
    expect(saidMapi(run, 'formats/older')).toEqual(isOlder ? [] : [false]);
    expect(saidMapi(run, 'formats/newer')).toEqual(isOlder ? [true] : []);
  });
});

test('Exchange 2019 names other protocols to each generation, and the titles say so', async () => {
  const world = lab.world('healthy');
  const [older, newer] = await Promise.all([
    runWorld({ ...world, client: 'outlook-2010' }, 'autodiscover'),
    runWorld({ ...world, client: 'outlook-2019' }, 'autodiscover'),
  ]);
  expect(titleOf(older, 'settings')).toMatch(/^The settings offer (?!.*mapiHttp).*\bEXPR\b/);
  expect(titleOf(older, 'formats/newer')).toMatch(/^Clients of today are offered (?!.*EXPR).*\bmapiHttp\b/);
  expect(titleOf(newer, 'settings')).toMatch(/^The settings offer (?!.*EXPR).*\bmapiHttp\b/);
  expect(titleOf(newer, 'formats/older')).toMatch(/^Older clients are offered (?!.*mapiHttp).*\bEXPR\b/);
});
