/** Which address a client ends up with. RFC 8305 */
import { describe, expect, test } from 'vitest';
import { ATTEMPT_DELAY_MS, interleave, type Measured, race } from '#lib/net/happy-eyeballs.ts';

const D = ATTEMPT_DELAY_MS;
const works = (elapsedMs: number): Measured => ({ connects: true, elapsedMs });
const fails = (elapsedMs: number): Measured => ({ connects: false, elapsedMs });

describe('the order', () => {
  test.each([
    ['4', '4'],
    ['44', '44'],
    ['46', '64'],
    ['64', '64'],
    ['4466', '6464'],
    ['44446', '64444'],
    ['6664', '6466'],
    ['', ''],
  ])('of %s is %s', (given, expected) => {
    const addresses = [...given].map((digit) => ({ family: digit === '6' ? (6 as const) : (4 as const) }));
    expect(interleave(addresses).map(({ family }) => family)).toEqual([...expected].map(Number));
  });

  test('within a family is the resolver’s', () => {
    const at = (family: 4 | 6, name: string) => ({ family, name });
    const mixed = [at(4, 'a'), at(6, 'b'), at(4, 'c'), at(6, 'd'), at(4, 'e')];
    expect(
      interleave(mixed)
        .map(({ name }) => name)
        .join(''),
    ).toBe('badce');
  });
});

describe('the winner', () => {
  test.each<[string, Measured[], number, number]>([
    ['is the only one', [works(40)], 0, 40],
    ['is the first one, though a later one is faster', [works(40), works(1)], 0, 40],
    ['is the first one, if it takes as long as the delay', [works(D), works(1)], 0, D],
    ['is the second one, where the first is slow', [works(400), works(20)], 1, D + 20],
    ['is the first one, where the second is slower still', [works(300), works(100)], 0, 300],
    ['comes at once after a refusal', [fails(2), works(20)], 1, 22],
    ['comes after the delay where there is silence', [fails(10_000), works(20)], 1, D + 20],
    ['comes after several silences', [fails(9_000), fails(9_000), works(5)], 2, 2 * D + 5],
    ['comes after refusal and silence', [fails(3), fails(9_000), works(5)], 2, D + 8],
    ['is found while an earlier one is still trying', [works(2_000), works(1_000), works(10)], 2, 2 * D + 10],
  ])('%s', (_name, attempts, winner, atMs) => expect(race(attempts)).toEqual({ winner, atMs }));

  test.each<[string, Measured[]]>([
    ['nobody tries', []],
    ['all fail', [fails(1), fails(5_000)]],
  ])('is nobody where %s', (_name, attempts) => expect(race(attempts).winner).toBe(-1));
});
