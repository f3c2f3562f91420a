/** What an analyzer works with beside its target. */
import type { CredentialBudget } from '#lib/auth/budget.ts';
import type { Secret } from '#lib/auth/secret.ts';

export interface Credential {
  readonly user: string;
  readonly password: Secret;
}

export interface Context {
  readonly credential: Credential | null;
  readonly budget: CredentialBudget;
  /** The person ticked "go on in spite of certificate problems". */
  readonly ignoreCertificateProblems: boolean;
  /** Milliseconds since the epoch; injected, so that a test can judge at any time. */
  readonly now: () => number;
}
