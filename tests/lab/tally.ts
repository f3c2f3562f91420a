/** What reached the mail system of one world since the lab was started or the counts were reset. */
export interface Counts {
  requests: number;
  /** Sign-ins that were refused while no sign-in had succeeded yet. A well-behaved client causes one at most. */
  refusalsBeforeProof: number;
  /** Sign-ins that were refused after one had succeeded: variants that a client tries on purpose. */
  deliberateRefusals: number;
  /** How many requests carried a password, by the host that received it. */
  passwords: Record<string, number>;
  /** How many of those came without TLS. */
  passwordsInClear: number;
}

/** Counts for one world. */
export interface Tally {
  request(): void;
  password(host: string, encrypted: boolean): void;
  accepted(): void;
  refused(): void;
  counts(): Counts;
  reset(): void;
}

const nothing = (): Counts => ({
  requests: 0,
  refusalsBeforeProof: 0,
  deliberateRefusals: 0,
  passwords: {},
  passwordsInClear: 0,
});

export function createTally(): Tally {
  let seen = nothing();
  let proven = false;
  return {
    request() {
      seen.requests += 1;
    },
    password(host, encrypted) {
      seen.passwords[host] = (seen.passwords[host] ?? 0) + 1;
      if (!encrypted) seen.passwordsInClear += 1;
    },
    accepted() {
      proven = true;
    },
    refused() {
      seen[proven ? 'deliberateRefusals' : 'refusalsBeforeProof'] += 1;
    },
    counts: () => structuredClone(seen),
    reset() {
      seen = nothing();
      proven = false;
    },
  };
}
