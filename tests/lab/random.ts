import { createHash } from 'node:crypto';

/** A source of chance that gives the same sequence for the same seed, so that an odd answer can be had again. */
export interface Random {
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  shuffled<T>(items: readonly T[]): T[];
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** Makes the sequence that belongs to a seed (the generator is known as mulberry32). */
export function seededRandom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);

  function below(limit: number): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  function shuffled<T>(items: readonly T[]): T[] {
    const keyed = items.map((item) => ({ item, key: below(2 ** 32) }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  }

  return { below, shuffled, pick: (items) => items[below(items.length)] ?? items[0] };
}
