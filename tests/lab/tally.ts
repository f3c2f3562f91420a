/** What reached the mail system of one world since the lab was started or the counts were reset. */
export interface Counts {
  requests: number;
  /** Sign-ins that were refused while no sign-in had succeeded yet. A well-behaved client causes one at most. */
  refusalsBeforeProof: number;
  /** Sign-ins that were refused after one had succeeded: variants that a client tries on purpose. */
  deliberateRefusals: number;
  /** Why each of them was refused, in their order. */
  reasons: string[];
  /** Tokens that were refused. They cost nobody a failed sign-in. */
  tokensRefused: number;
  /** How many requests carried a password, by the host that received it. */
  passwords: Record<string, number>;
  /** How many carried the answer to an NTLM challenge, from which weak passwords can be computed. */
  ntlmResponses: Record<string, number>;
  /** How many carried a token. */
  tokens: Record<string, number>;
  /** How many of all these came without TLS. */
  passwordsInClear: number;
}

/** What of somebody's a request may carry. */
export type SecretKind = 'passwords' | 'ntlmResponses' | 'tokens';

/** Counts for one world. */
export interface Tally {
  request(): void;
  secret(kind: SecretKind, host: string, over: { encrypted: boolean }): void;
  accepted(): void;
  refused(why: string): void;
  tokenRefused(): void;
  counts(): Counts;
  reset(): void;
}

const nothing = (): Counts => ({
  requests: 0,
  refusalsBeforeProof: 0,
  deliberateRefusals: 0,
  reasons: [],
  tokensRefused: 0,
  passwords: {},
  ntlmResponses: {},
  tokens: {},
  passwordsInClear: 0,
});

export function createTally(): Tally {
  let seen = nothing();
  let proven = false;
  return {
    request() {
      seen.requests += 1;
    },
    secret(kind, host, { encrypted }) {
      seen[kind][host] = (seen[kind][host] ?? 0) + 1;
      if (!encrypted) seen.passwordsInClear += 1;
    },
    accepted() {
      proven = true;
    },
    refused(why) {
      seen.reasons.push(why);
      seen[proven ? 'deliberateRefusals' : 'refusalsBeforeProof'] += 1;
    },
    tokenRefused() {
      seen.tokensRefused += 1;
    },
    counts: () => structuredClone(seen),
    reset() {
      seen = nothing();
      proven = false;
    },
  };
}
