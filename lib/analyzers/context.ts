/** What an analyzer works with beside its target. */
import type { RunSecrets } from '#lib/auth/bearer/run-secrets.ts';
import type { TokenBudget } from '#lib/auth/bearer/token-budget.ts';
import type { CredentialBudget } from '#lib/auth/budget.ts';
import type { LockedFile, Secret } from '#lib/auth/secret.ts';
import type { ClientCertificate } from '#lib/net/tls-context.ts';
import type { ClientId } from './clients.ts';
import type { SignInWith } from './mailbox-request.ts';
import type { OAuthSettings } from './oauth.ts';

export interface Credential {
  readonly user: string;
  readonly password: Secret;
}

/** What decides which steps there are where somebody is asked. */
export type Asking = Pick<Context, 'client' | 'signInWith'>;

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
  readonly tokens: TokenBudget;
  /** Secrets that come up while the run goes on are hidden by this from then on. */
  readonly secrets: RunSecrets;
  /** The person ticked "go on in spite of certificate problems". */
  readonly ignoreCertificateProblems: boolean;
  readonly trust: TrustLists;
  /** Whose order the tree has, and whose verdict the run is. */
  readonly client: ClientId;
  /** Microsoft 365 may be asked for the address, whatever its domain. */
  readonly askMicrosoft: boolean;
  /** Hosts outside the domain that may be given a credential: confirmed when the test was started. */
  readonly redirectTo: readonly string[];
  /** Once it has proven right, the password may go to servers without any mark of a mail system. */
  readonly passwordToUnmarked: boolean;
  readonly signInWith: SignInWith;
  /** An access token that the person pasted; null unless `signInWith` says so. */
  readonly token: Secret | null;
  readonly oauth: OAuthSettings;
  /** The sign-in service that the person names; goes before the one that a server names. */
  readonly authority: string | null;
  /** Milliseconds since the epoch; injected, so that a test can judge at any time. */
  readonly now: () => number;
}
