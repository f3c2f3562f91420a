/** Which of several addresses a client ends up with. RFC 8305 ("Happy Eyeballs"), computed from connect times that were measured. */

/** The next attempt begins this long after the one before. RFC 8305 8 */
export const ATTEMPT_DELAY_MS = 250;

/**
 * The order in which clients try addresses: the families take turns, IPv6 begins, and within a family the resolver's order stays.
 * RFC 8305 4
 */
export function interleave<T extends { readonly family: 4 | 6 }>(addresses: readonly T[]): T[] {
  const six = addresses.filter(({ family }) => family === 6);
  const four = addresses.filter(({ family }) => family === 4);
  return addresses.flatMap((_, at) => [six[at], four[at]]).filter((address) => address !== undefined);
}

/** One attempt as it would have gone by itself. */
export interface Measured {
  readonly connects: boolean;
  /** Until it was connected, or had failed. */
  readonly elapsedMs: number;
}

/**
 * The attempt that wins if they begin one after the other: each when the one before has failed, or has kept the client waiting for
 * the attempt delay. RFC 8305 5
 * @returns its place in the list, or -1 where none connects; and when it is connected
 */
export function race(attempts: readonly Measured[]): { readonly winner: number; readonly atMs: number } {
  let best = { winner: -1, atMs: Number.POSITIVE_INFINITY };
  let startMs = 0;
  for (const [place, { connects, elapsedMs }] of attempts.entries()) {
    if (best.atMs <= startMs) break;
    const endMs = startMs + elapsedMs;
    if (connects && endMs < best.atMs) best = { winner: place, atMs: endMs };
    startMs = connects ? startMs + ATTEMPT_DELAY_MS : Math.min(endMs, startMs + ATTEMPT_DELAY_MS);
  }
  return best;
}
