/** What a source says about one certificate, once its signature has been found good; or why nothing can be made of it. */
import type { RevocationReason } from '#lib/wire/x509/crl.ts';

export type RevocationAnswer = Good | Revoked | Unknown | Unusable;

/** Times are milliseconds since 1970. */
interface Said {
  readonly thisUpdate: number;
  /** Null where the document names none. */
  readonly nextUpdate: number | null;
  /** The subject of whoever signed, in short. */
  readonly signedBy: string;
}

export interface Good extends Said {
  readonly status: 'good';
}

export interface Revoked extends Said {
  readonly status: 'revoked';
  readonly at: number;
  /** RFC 5280 5.3.1; the number as text for one that is not defined, null where nothing is said. */
  readonly reason: RevocationReason | string | null;
}

/** The source is in order, but does not know the certificate. RFC 6960 2.2 */
export interface Unknown extends Said {
  readonly status: 'unknown';
}

export interface Unusable {
  readonly status: 'unusable';
  readonly why: UnusableReason;
  /** More of it in a few words; empty where there is nothing to add. */
  readonly detail: string;
  /** Only as good as the document, whose signature may be wrong. */
  readonly thisUpdate: number | null;
  readonly nextUpdate: number | null;
}

const WORDS = {
  malformed: 'it cannot be read',
  declined: 'the responder declines',
  'other-certificate': 'it is about another certificate',
  'wrong-signature': 'its signature is wrong',
  'unknown-algorithm': 'it is signed in a way that is not accepted',
  'signer-not-allowed': 'it was signed by somebody who may not do that',
  'not-yet-valid': 'it is not valid yet',
  'out-of-date': 'it is out of date',
  'other-issuer': 'it is the list of another issuer',
  'not-covering': 'it does not cover this certificate',
  indirect: 'it is an indirect list, which is not supported',
  delta: 'it lists changes only, which is not supported',
  'critical-extension': 'it has a critical extension that nobody knows',
} as const;

/** The closed list of what makes a document useless. */
export type UnusableReason = keyof typeof WORDS;

/** Dates of a document that nobody has vouched for. */
export interface Dates {
  readonly thisUpdate: number | null;
  readonly nextUpdate: number | null;
}

const NO_DATES: Dates = { thisUpdate: null, nextUpdate: null };

/** An answer that is none. */
export function unusable(why: UnusableReason, detail = '', dates: Dates = NO_DATES): Unusable {
  return { status: 'unusable', why, detail, thisUpdate: dates.thisUpdate, nextUpdate: dates.nextUpdate };
}

/** Why a document is of no use, as half a sentence. */
export function unusableText({ why, detail }: Unusable): string {
  return detail === '' ? WORDS[why] : `${WORDS[why]} (${detail})`;
}
