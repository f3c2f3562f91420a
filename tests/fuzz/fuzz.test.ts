/** Half a minute of damage. `npm run fuzz` goes on for as long as somebody wants. */
import { expect, test } from 'vitest';
import { fuzzers, runFuzzer } from './all.ts';

const HALF_A_MINUTE = 30_000;
const share = HALF_A_MINUTE / Object.keys(fuzzers).length;
/** Another one each day, so that the suite goes on looking; a failure names the seed that had it. */
const seed = Math.floor(Date.now() / 86_400_000) * 1_000;

test.for(Object.entries(fuzzers))('%s', async ([, fuzz]) => {
  const { rounds } = await runFuzzer(fuzz, seed, share);
  expect(rounds).toBeGreaterThan(0);
});
