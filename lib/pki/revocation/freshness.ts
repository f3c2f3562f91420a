/** Whether what a source said still holds. RFC 6960 3.2 and 4.2.2.1, RFC 5280 6.3.3 */
import type { Asn1Time } from '#lib/wire/x509/time.ts';
import { type Unusable, unusable } from './answer.ts';

/** Clocks of clients and responders differ. */
const TOLERANCE_MS = 5 * 60_000;
/**
 * A document that does not say when the next one comes holds as long as the CA/B Baseline Requirements let one hold (4.9.7, 4.9.10):
 * for ever it would be an old answer that anybody may repeat.
 */
const WITHOUT_END_MS = 10 * 86_400_000;

export interface Validity {
  readonly thisUpdate: Asn1Time;
  readonly nextUpdate: Asn1Time | null;
}

/** The two dates in milliseconds. */
export function datesOf({ thisUpdate, nextUpdate }: Validity): { thisUpdate: number; nextUpdate: number | null } {
  return { thisUpdate: thisUpdate.at, nextUpdate: nextUpdate?.at ?? null };
}

/** What is wrong with the dates; null where the document holds now. */
export function staleness(validity: Validity, nowMs: number): Unusable | null {
  const dates = datesOf(validity);
  const end = dates.nextUpdate ?? dates.thisUpdate + WITHOUT_END_MS;
  if (dates.thisUpdate > nowMs + TOLERANCE_MS)
    return unusable('not-yet-valid', `from ${day(dates.thisUpdate)} on`, dates);
  return end < nowMs - TOLERANCE_MS ? unusable('out-of-date', `it held until ${day(end)}`, dates) : null;
}

/** The day in UTC, such as `2026-11-20`. A time that no calendar has is shown as it is. */
function day(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? 'a time that cannot be' : date.toISOString().slice(0, 10);
}
