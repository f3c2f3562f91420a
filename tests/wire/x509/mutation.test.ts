/** Inputs changed at random; `tests/fuzz` runs the same for as long as one likes. */
import { expect, test } from 'vitest';
import { fuzzX509 } from '#tests/fuzz/x509.ts';

test.for([1, 2, 3])('nothing but a complaint comes of changed inputs: seed %i', (seed) => {
  let left = 200;
  expect(fuzzX509(seed, () => left-- <= 0)).toEqual({ rounds: 200 });
});
