/** Two clocks that differ: a certificate that is not valid by ours may be valid by the server's. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { walk } from '#lib/result/node.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { runWorld } from './run-world.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: ['early-by-our-clock', 'certificate-not-yet-valid'] });
});
afterAll(() => lab.stop());

test.for([
  ['early-by-our-clock', /one of the two clocks is wrong$/],
  ['certificate-not-yet-valid', /^$/],
] as const)('%s', async ([name, clock]) => {
  const { report } = await runWorld(lab.world(name));
  const early = [...walk(report.root)]
    .flatMap(({ findings }) => findings)
    .find(({ code }) => /not-yet-valid/.test(code));
  expect(early?.args.clock).toMatch(clock);
});
