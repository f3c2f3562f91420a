import { createHash } from 'node:crypto';
import type { HostLabel } from '../world.ts';
import { authorityInfoAccess, crlDistributionPoints, type Extension } from './extensions.ts';

/** The host of a world at which its authorities publish. */
const PUBLISHER: HostLabel = 'pki';

/** Where a certificate says that more can be fetched: a path at the host `pki` of its world, or a whole address. */
export interface Sources {
  readonly issuer?: string;
  readonly ocsp?: string;
  readonly crl?: string;
}

/** The extensions that say so. */
export function naming({ issuer, ocsp, crl }: Sources, domain: string): Extension[] {
  const url = (place: string): string => (place.includes('://') ? place : `http://${PUBLISHER}.${domain}${place}`);
  const list = (place: string | undefined): string[] => (place === undefined ? [] : [url(place)]);
  const access = authorityInfoAccess({ issuers: list(issuer), ocsp: list(ocsp) });
  return [
    ...(issuer === undefined && ocsp === undefined ? [] : [access]),
    ...(crl === undefined ? [] : [crlDistributionPoints(url(crl))]),
  ];
}

/**
 * A serial number that follows from a name, so that who answers for a certificate knows its number without having seen it.
 * Positive, sixteen bytes.
 */
export function serialOf(name: string): Uint8Array {
  const serial = Uint8Array.from(createHash('sha256').update(name).digest().subarray(0, 16));
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  return serial;
}
