/** Short ways of writing what was found. */
import type { Enforcement, Fault, Found, Ground, InvalidKind } from './problem.ts';

/** A ground in RFC 5280, or in a document that updates it; `section` alone is one of RFC 5280. */
export const rfc = (section: string, enforcedBy: Enforcement): Ground => ({
  rule: 'rfc5280',
  enforcedBy,
  spec: section.startsWith('RFC') ? section : `RFC 5280 ${section}`,
});

/** A ground in the CA/Browser Forum's Baseline Requirements, version 2. */
export const baseline = (section: string, enforcedBy: Enforcement): Ground => ({
  rule: 'web-pki',
  enforcedBy,
  spec: `BR ${section}`,
});

/** One that needs no more than a few words. */
export const invalid = (kind: InvalidKind, ground: Ground, reason: string): Found => ({
  kind,
  ...ground,
  reason: reason.slice(0, MOST),
});

/** Text of the peer is in some of the reasons. */
const MOST = 200;

/** Puts a ground to a fault. */
export const found = (fault: Fault, ground: Ground): Found => ({ ...fault, ...ground });
