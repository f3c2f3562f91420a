import { describe, expect, test, beforeAll, afterAll } from 'vitest';
import { startLab, type Lab } from '#tests/lab/lab.ts';
import { said, silentAfter } from '#tests/lab/rpc/silences.ts';
import { codesIn, runWorld } from './run-world.ts';
let lab: Lab;
const worlds = said.map(silentAfter);
beforeAll(async () => { lab = await startLab({ port: 'any', worlds: [], beside: worlds }); });
afterAll(() => lab.stop());
describe.concurrent('silence', () => {
  test.for(worlds)('$name', async (w) => {
    const { report } = await runWorld(lab.world(w.name));
    console.log(w.name, codesIn(report.root).filter((c) => /rpc|nspi|mailbox/.test(c)).join(','), report.verdict.code, JSON.stringify(report.verdict.summary.args).slice(0, 200), report.elapsedMs);
    expect(true).toBe(true);
  }, 400000);
});
