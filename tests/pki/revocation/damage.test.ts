/** A short run over damaged answers and lists; the long ones are started by hand. */
import { expect, test } from 'vitest';
import { fuzzRevocation } from '#tests/fuzz/revocation.ts';

test('damaged answers and lists never count, and never break a judge', () => {
  let left = 1_000;
  expect(fuzzRevocation(20_261_120, () => left-- === 0)).toEqual({ rounds: 1_000 });
});
