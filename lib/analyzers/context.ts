/** What an analyzer works with beside its target. */
import type { CredentialBudget } from '#lib/auth/budget.ts';
import type { LockedFile, Secret } from '#lib/auth/secret.ts';
import type { ClientCertificate } from '#lib/net/tls-context.ts';

export interface Credential {
  readonly user: string;
  readonly password: Secret;
}

/** PEM of roots. */
export interface TrustLists {
  /** The public list, and this installation's own. */
  readonly usual: readonly string[];
  readonly public: readonly string[];
}

export interface Context {
  readonly credential: Credential | null;
  /** A PKCS #12 file: the certificate to be checked, or the one that the client shows. */
  readonly file: LockedFile | null;
  /** The latter as soon as it is opened: for the hosts under test, if they ask for one. */
  readonly clientCertificate: ClientCertificate | null;
  readonly budget: CredentialBudget;
  /** The person ticked "go on in spite of certificate problems". */
  readonly ignoreCertificateProblems: boolean;
  readonly trust: TrustLists;
  /** Milliseconds since the epoch; injected, so that a test can judge at any time. */
  readonly now: () => number;
}
