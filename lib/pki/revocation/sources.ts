/** Where a certificate says that its revocation can be asked for. RFC 5280 4.2.1.13, 4.2.2.1; RFC 7633 */
import { WireError } from '#lib/wire/error.ts';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import {
  type DistributionPoint,
  decodeAuthorityInfoAccess,
  decodeCrlDistributionPoints,
  decodeTlsFeature,
  type Extension,
  findExtension,
  type GeneralName,
} from '#lib/wire/x509/extensions.ts';
import { extensionOids as oids } from '#lib/wire/x509/oids.ts';

/** The TLS extension `status_request`. RFC 6066 8 */
const STATUS_REQUEST = 5;

/** CA/B Baseline Requirements 1.6.1, "Short-lived Subscriber Certificate", as it was from March 2024 to March 2026. */
const SHORT_LIVED_MS = 10 * 86_400_000;

/** Whether it ends before a revocation would have reached anybody; such certificates need no source. */
export function isShortLived({ notBefore, notAfter }: Certificate): boolean {
  return notAfter.at - notBefore.at <= SHORT_LIVED_MS;
}

/** Addresses below one access method of the certificate: `ocsp` or `caIssuers`. Those that can be fetched come first. */
export function accessAddresses(certificate: Certificate, method: 'ocsp' | 'caIssuers'): string[] {
  const places = decoded(certificate, oids.authorityInfoAccess, decodeAuthorityInfoAccess) ?? [];
  return fetchableFirst(uris(places.filter((place) => place.method === method).map(({ location }) => location)));
}

/** Addresses of complete lists that the issuer signs itself. Those that can be fetched come first. */
export function crlAddresses(certificate: Certificate): string[] {
  const usable = distributionPoints(certificate).filter(({ reasons, issuer }) => reasons === null && issuer === null);
  return fetchableFirst(uris(usable.flatMap(({ point }) => point?.names ?? [])));
}

/** Everything that the certificate says about lists; empty where it says nothing that could be read. */
export function distributionPoints(certificate: Certificate): readonly DistributionPoint[] {
  return decoded(certificate, oids.crlDistributionPoints, decodeCrlDistributionPoints) ?? [];
}

/** Whether the server has to send an OCSP answer along ("must-staple"). RFC 7633 4.2.3 */
export function mustStaple(certificate: Certificate): boolean {
  return decoded(certificate, oids.tlsFeature, decodeTlsFeature)?.includes(STATUS_REQUEST) ?? false;
}

/** The content of an extension. One that cannot be read is the path validation's business: here it says nothing. */
function decoded<T>({ extensions }: Certificate, oid: string, decode: (extension: Extension) => T): T | null {
  const extension = findExtension(extensions, oid);
  try {
    return extension === null ? null : decode(extension);
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}

function uris(names: readonly GeneralName[]): string[] {
  return [...new Set(names.flatMap((name) => (name.type === 'uri' ? [name.value] : [])))];
}

/** Directories often stand first, and only machines inside can ask them. */
function fetchableFirst(addresses: readonly string[]): string[] {
  const isHttp = (address: string): boolean => /^https?:/i.test(address);
  return [...addresses.filter(isHttp), ...addresses.filter((address) => !isHttp(address))];
}
