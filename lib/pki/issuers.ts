/** Where a certificate says that its issuer's own certificate is, and reading what is delivered there. RFC 5280 4.2.2.1 */
import { WireError } from '#lib/wire/error.ts';
import { decodeCertificateBundle } from '#lib/wire/x509/bundle.ts';
import { type Certificate, decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { accessAddresses } from './revocation/sources.ts';

/** Certificates name one address, seldom two. */
const MOST_ADDRESSES = 3;
/** Bundles hold the issuer, and sometimes what is above it. */
const MOST_CERTIFICATES = 10;

export interface Issuers {
  readonly certificates: readonly Certificate[];
  /** Why there are none, or fewer than were delivered, in a few words; null where all could be read. */
  readonly fault: string | null;
}

/** The addresses that can be fetched, http and https, in the order of the certificate. */
export function issuerAddresses(certificate: Certificate): string[] {
  return accessAddresses(certificate, 'caIssuers')
    .filter((address) => /^https?:/i.test(address))
    .slice(0, MOST_ADDRESSES);
}

/** The certificates in a file: one in DER, or several in PEM or PKCS #7. Never throws; what cannot be read is left out. */
export function issuersOut(bytes: Uint8Array): Issuers {
  const bundle = read(() => decodeCertificateBundle(bytes));
  if (bundle instanceof WireError) return { certificates: [], fault: `no certificates: ${bundle.reason}` };
  const decoded = bundle.slice(0, MOST_CERTIFICATES).map((der) => read(() => decodeCertificate(der)));
  const certificates = decoded.flatMap((one) => (one instanceof WireError ? [] : [one]));
  return { certificates, fault: faultIn(bundle.length, decoded) };
}

function faultIn(delivered: number, decoded: readonly (Certificate | WireError)[]): string | null {
  if (delivered === 0) return 'no certificates: the file is empty';
  if (delivered > MOST_CERTIFICATES) return `only the first ${MOST_CERTIFICATES} of ${delivered} were read`;
  const broken = decoded.find((one) => one instanceof WireError);
  return broken === undefined ? null : `a certificate cannot be read: ${broken.reason}`;
}

function read<T>(decode: () => T): T | WireError {
  try {
    return decode();
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
}
