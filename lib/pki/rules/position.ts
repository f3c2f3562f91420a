/** What a certificate is for within its path. */
import type { Facts } from '../facts.ts';
import type { Found, Usage } from '../problem.ts';

export interface Position {
  /** A path of one certificate has a leaf and nothing else, even where the leaf is an anchor. */
  readonly role: 'leaf' | 'intermediate' | 'anchor';
  /** It is among the anchors. */
  readonly trusted: boolean;
  readonly usage: Usage;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** All that is wrong with one certificate, as far as it can be told from itself and its position. */
export type CertificateRule = (facts: Facts, position: Position) => Found[];
