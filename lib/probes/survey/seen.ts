/** What a survey has seen. Data only: what it means is the judge's to say. */

import type { WeakKind } from '#lib/wire/tls/suites.ts';
import type { VersionName } from '#lib/wire/tls/versions.ts';

/** `not tested`: nothing can be said, because the connection was cut off or nothing came. */
export type Answer = 'accepted' | 'refused' | 'not tested';

export interface Tried {
  readonly answer: Answer;
  /** The suite that was chosen, the alert, or why nothing is known. */
  readonly detail: string;
}

export interface VersionTried extends Tried {
  readonly version: VersionName;
  readonly elapsedMs: number;
}

export interface WeakTried extends Tried {
  readonly kind: WeakKind;
  readonly suite: string | null;
  readonly version: VersionName | null;
}

export interface WithoutSni extends Tried {
  /** PEM of the leaf; null where none came. */
  readonly leaf: string | null;
  /** Whether it is the one that comes with SNI. */
  readonly same: boolean | null;
}

export interface ClientCertificateSeen {
  readonly answer: 'no' | 'wished' | 'demanded' | 'unknown';
  readonly how: string;
  /** What became of the one that was given; null where none was, or where none was asked for. */
  readonly given: { readonly answer: 'taken' | 'refused' | 'unknown'; readonly how: string } | null;
}

export interface SurveySeen {
  readonly address: string;
  readonly handshakes: number;
  readonly elapsedMs: number;
  readonly versions: readonly VersionTried[];
  readonly weak: readonly WeakTried[];
  /** Null where there was no name to leave out. */
  readonly withoutSni: WithoutSni | null;
  readonly clientCertificate: ClientCertificateSeen;
}
