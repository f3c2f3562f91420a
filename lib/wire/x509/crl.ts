/** Certificate revocation lists. RFC 5280 5 */
import { contextConstructed, type DerReader, type DerValue, INTEGER, SEQUENCE, unwrap } from '../der/reader.ts';
import { type BitString, bigNumberOf, numberOf } from '../der/values.ts';
import { type AlgorithmIdentifier, readAlgorithm } from './algorithm.ts';
import { type CrlEntries, noEntries, surveyEntries } from './crl-entries.ts';
import { type Extension, openExtension, readExtensions } from './extension.ts';
import { atMost, MAX_CRL, MAX_CRL_EXTENSIONS } from './limits.ts';
import { type Name, readName } from './name.ts';
import { readSigned, type Signed } from './signed.ts';
import { type Asn1Time, isTime, readTime } from './time.ts';

export type { CrlEntries } from './crl-entries.ts';
export type { RevocationReason } from './revocation-reason.ts';
export { findRevoked, type RevokedCertificate, revokedCertificates } from './revoked.ts';

export interface Crl {
  /** The whole DER value. */
  readonly raw: Uint8Array;
  /** DER of TBSCertList: what the signature covers. */
  readonly tbsRaw: Uint8Array;
  /** 1 or 2 as people count them. */
  readonly version: number;
  readonly tbsSignatureAlgorithm: AlgorithmIdentifier;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: BitString;
  readonly issuer: Name;
  readonly thisUpdate: Asn1Time;
  readonly nextUpdate: Asn1Time | null;
  readonly entries: CrlEntries;
  readonly extensions: readonly Extension[];
}

/**
 * Reads one CRL and nothing behind it. Every entry is looked at, none is kept.
 * @throws WireError
 */
export function decodeCrl(der: Uint8Array): Crl {
  const place = { path: 'crl', spec: 'RFC 5280 5.1' };
  atMost(MAX_CRL, der, place);
  const { tbs, ...outer } = readSigned(der, place.path, place.spec, 'tbsCertList');
  return { ...outer, ...readTbs(tbs) };
}

/** TBSCertList, in its order. */
function readTbs(tbs: DerReader): Omit<Crl, keyof Signed> {
  const version = tbs.optional('version', INTEGER);
  const tbsSignatureAlgorithm = readAlgorithm(tbs.take('signature', SEQUENCE));
  const issuer = readName(tbs.take('issuer', SEQUENCE));
  const thisUpdate = readTime(tbs.take('thisUpdate'));
  const nextUpdate = isTime(tbs) ? readTime(tbs.take('nextUpdate')) : null;
  const revoked = tbs.optional('revokedCertificates', SEQUENCE);
  const list = tbs.optional('extensions', contextConstructed(0));
  tbs.end();
  return {
    version: version === null ? 1 : numberOf(version) + 1,
    ...{ tbsSignatureAlgorithm, issuer, thisUpdate, nextUpdate },
    entries: revoked === null ? noEntries : surveyEntries(revoked),
    extensions: list === null ? [] : readListExtensions(list),
  };
}

function readListExtensions(list: DerValue): Extension[] {
  atMost(MAX_CRL_EXTENSIONS, list.content, list);
  return readExtensions(unwrap(list, SEQUENCE));
}

/** RFC 5280 5.2.3 */
export function decodeCrlNumber(extension: Extension): bigint {
  return bigNumberOf(openExtension(extension, 'cRLNumber', 'RFC 5280 5.2.3', INTEGER));
}

/** The number of the complete CRL that a delta CRL adds to. RFC 5280 5.2.4 */
export function decodeDeltaCrlIndicator(extension: Extension): bigint {
  return bigNumberOf(openExtension(extension, 'deltaCRLIndicator', 'RFC 5280 5.2.4', INTEGER));
}
