/** The lab, if it was started with the server: simulated mail systems for trying the tests out. */
import { readFileSync } from 'node:fs';
import type { OAuthSettings } from '#lib/analyzers/oauth.ts';
import { type NetworkProfile, profileFromArguments } from '#lib/net/profile.ts';

/** One simulated mail system, as the lab describes it. */
export interface LabWorld {
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
  readonly analyzer: string;
  /** The host to test, for the analyzer `tls`. */
  readonly target?: string;
  /** Whom Outlook was told to expect in its certificate. */
  readonly principal?: string;
  /** SHA-256 fingerprints that were seen from elsewhere. */
  readonly pins?: readonly string[];
  /** A PKCS #12 file with an empty pass phrase. */
  readonly clientCertificate?: string;
  /** How to sign in, where not with the password. */
  readonly signInWith?: 'device-code';
  /** Hosts outside the domain to which it may lead without a question. */
  readonly redirectTo?: readonly string[];
  /** Whether Microsoft 365 may be asked; the lab has its own. */
  readonly askMicrosoft?: true;
  /** Whose eyes it is looked at with. */
  readonly client?: string;
  /** What is typed in for the tests that open the mailbox; `longWait` in seconds. */
  readonly server?: string;
  readonly rpcServer?: string;
  readonly rpcAuth?: string;
  readonly endpointMapper?: true;
  readonly longWait?: string;
  readonly hideFolders?: true;
  /** The network profile as command line arguments. */
  readonly network: readonly string[];
  /** All command line arguments. */
  readonly options: readonly string[];
  readonly must: readonly string[];
  readonly mustNot: readonly string[];
}

/** The worlds that the running lab has written down. */
export function readLab(file: string): LabWorld[] {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** How a run of this host sees the network: the lab's systems exist for the lab's resolver alone. */
export function networkFor(host: string, worlds: readonly LabWorld[] | null, own: NetworkProfile): NetworkProfile {
  if (worlds === null || !host.endsWith('.lab.test')) return own;
  const world = worlds.find(({ email }) => within(host, email.slice(email.lastIndexOf('@') + 1))) ?? worlds[0];
  const parsed = profileFromArguments(world?.network ?? []);
  if (parsed.ok) return parsed.profile;
  throw new Error(`The lab's options are not understood: ${parsed.error}`);
}

/** How this program is known to the sign-in services of this host: those of the lab know everybody. */
export function oauthFor(host: string, worlds: readonly LabWorld[] | null, own: OAuthSettings): OAuthSettings {
  return worlds === null || !host.endsWith('.lab.test') ? own : { ...own, clientId: own.clientId ?? 'throughline' };
}

function within(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
