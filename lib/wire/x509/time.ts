/** Points in time as certificates, CRLs and OCSP answers write them. RFC 5280 4.1.2.5 */
import { badValue, type DerReader, type DerValue, GENERALIZED_TIME, UTC_TIME } from '../der/reader.ts';
import { latin1 } from '../der/values.ts';

/**
 * Forbidden ways of writing that can be understood nevertheless:
 * - `wrong-type`: GeneralizedTime for a year before 2050
 * - `no-seconds`, `fraction`
 * - `not-zulu`: with an offset, or local time (read as if it were UTC)
 */
export type TimeFault = 'wrong-type' | 'no-seconds' | 'fraction' | 'not-zulu';

export interface Asn1Time {
  /** Milliseconds since 1970 in UTC. */
  readonly at: number;
  readonly type: 'UTCTime' | 'GeneralizedTime';
  /** As written: `261120220246Z`. */
  readonly text: string;
  /** Empty where it is written as RFC 5280 wants it. */
  readonly faults: readonly TimeFault[];
}

const SPEC = 'RFC 5280 4.1.2.5';

/** Whether the next value is a time. */
export const isTime = (reader: DerReader): boolean => reader.tag === UTC_TIME || reader.tag === GENERALIZED_TIME;

/** Reads a UTCTime, or a GeneralizedTime, which is for 2050 and later. */
export function readTime(value: DerValue): Asn1Time {
  if (value.tag === GENERALIZED_TIME) {
    const time = readGeneralizedTime(value);
    return yearOf(time) < 2050 ? { ...time, faults: ['wrong-type', ...time.faults] } : time;
  }
  if (value.tag !== UTC_TIME) throw badValue(value, 'neither UTCTime nor GeneralizedTime', SPEC);
  const text = textOf(value);
  const [, year = '', rest = ''] = /^(\d\d)(.*)$/.exec(text) ?? [];
  // RFC 5280 4.1.2.5.1
  const century = Number(year) >= 50 ? '19' : '20';
  return { ...parse(`${century}${year}${rest}`, value), type: 'UTCTime', text };
}

/** Reads a GeneralizedTime where the document has no other: in OCSP, in entries of CRLs. */
export function readGeneralizedTime(value: DerValue): Asn1Time {
  if (value.tag !== GENERALIZED_TIME) throw badValue(value, 'no GeneralizedTime', SPEC);
  const text = textOf(value);
  return { ...parse(text, value), type: 'GeneralizedTime', text };
}

function textOf(value: DerValue): string {
  // The longest that means anything: 20261120220246.123456789+0100.
  if (value.content.length > 40) throw badValue(value, 'a time of more than 40 octets', SPEC);
  return latin1(value.content);
}

const FORM = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,](\d+))?(Z|[+-]\d{4})?$/;

function parse(text: string, value: DerValue): { at: number; faults: TimeFault[] } {
  const form = FORM.exec(text);
  if (form === null) throw badValue(value, 'a time that cannot be read', SPEC);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = form.slice(1, 6).map(Number);
  const [, , , , , , seconds, fraction, zone] = form;
  // The year is set apart: the constructor takes 0 to 99 for the 20th century.
  const date = new Date(Date.UTC(2000, 0, 1, hour, minute, Number(seconds ?? 0)));
  date.setUTCFullYear(year, month - 1, day);
  const exists = hour < 24 && minute < 60 && Number(seconds ?? 0) < 60 && month >= 1 && month <= 12;
  if (!exists || day < 1 || date.getUTCDate() !== day) throw badValue(value, 'a time that does not exist', SPEC);
  const faults: TimeFault[] = [];
  if (seconds === undefined) faults.push('no-seconds');
  if (fraction !== undefined) faults.push('fraction');
  if (zone !== 'Z') faults.push('not-zulu');
  return { at: date.getTime() + milliseconds(fraction) - offsetOf(zone), faults };
}

const yearOf = ({ at }: Asn1Time): number => new Date(at).getUTCFullYear();

const milliseconds = (fraction = ''): number => Number(`${fraction}000`.slice(0, 3));

/** `+0130` in milliseconds. */
function offsetOf(zone = 'Z'): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
