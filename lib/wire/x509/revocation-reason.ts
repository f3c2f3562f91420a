/** Why a certificate was revoked, as CRLs and OCSP answers say it. RFC 5280 5.3.1 */
import type { DerValue } from '../der/reader.ts';
import { numberOf } from '../der/values.ts';

const REASONS = {
  0: 'unspecified',
  1: 'keyCompromise',
  2: 'cACompromise',
  3: 'affiliationChanged',
  4: 'superseded',
  5: 'cessationOfOperation',
  6: 'certificateHold',
  8: 'removeFromCRL',
  9: 'privilegeWithdrawn',
  10: 'aACompromise',
} as const;

/** The number as text for a reason that is not defined. */
export type RevocationReason = (typeof REASONS)[keyof typeof REASONS] | `${number}`;

/** Reads an ENUMERATED. */
export function readReason(value: DerValue): RevocationReason {
  const number = numberOf(value);
  return number in REASONS ? REASONS[number as keyof typeof REASONS] : `${number}`;
}
