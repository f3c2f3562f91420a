/** How much is read of what somebody sends. */
import { WireError, type WirePlace } from '../error.ts';

const MIB = 1024 * 1024;

/** The largest real ones, with thousands of names, have some hundred KiB. */
export const MAX_CERTIFICATE = 4 * MIB;
/** The largest public CRLs have some 30 MiB. */
export const MAX_CRL = 64 * MIB;
/** A number, a date and a reason have some forty octets. Of a large one each extension would be read when it is looked up. */
export const MAX_CRL_ENTRY = 16 * 1024;
/** A handful of some hundred octets. */
export const MAX_CRL_EXTENSIONS = 64 * 1024;
/** A few KiB, even with the certificates of the responder. */
export const MAX_OCSP_RESPONSE = 4 * MIB;
/** All public roots together have less than half a MiB. */
export const MAX_BUNDLE = 16 * MIB;
export const MAX_CERTIFICATES_IN_BUNDLE = 10_000;

/** Refuses what is longer than that. */
export function atMost(limit: number, bytes: { readonly length: number }, place: Omit<WirePlace, 'offset'>): void {
  if (bytes.length <= limit) return;
  throw new WireError('too-large', { ...place, offset: limit }, `${bytes.length} octets, more than ${limit}`);
}
