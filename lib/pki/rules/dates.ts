/** Whether a certificate is within its dates. RFC 5280 4.1.2.5, 6.1.3 (a)(2) */
import type { Facts } from '../facts.ts';
import { found, rfc } from '../found.ts';
import type { Found } from '../problem.ts';
import type { Position } from './position.ts';

const SECOND = 1_000;

/**
 * Both ends belong to the time. Certificates know no fractions of seconds, so that the last one is over when the next begins.
 * RFC 5280 lets anchors be used beyond their dates; clients do not.
 */
export function dateRules({ certificate: { notBefore, notAfter } }: Facts, { time }: Position): Found[] {
  const now = Math.floor(time / SECOND) * SECOND;
  const ground = rfc('6.1.3', 'clients');
  if (now < notBefore.at) return [found({ kind: 'not-yet-valid', notBefore: notBefore.at }, ground)];
  return now > notAfter.at ? [found({ kind: 'expired', notAfter: notAfter.at }, ground)] : [];
}
