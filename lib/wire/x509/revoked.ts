/** Entries of a CRL, read one at a time. RFC 5280 5.1.2.6, 5.3 */
import { badValue, ENUMERATED, GENERALIZED_TIME, INTEGER, inside, SEQUENCE, wholeValue } from '../der/reader.ts';
import { integerOf, sameOctets } from '../der/values.ts';
import type { Crl } from './crl.ts';
import { type CrlEntry, entriesIn } from './crl-entries.ts';
import { type Extension, findExtension, openExtension, readExtensions } from './extension.ts';
import { readGeneralNames } from './general-name.ts';
import { type Name, sameName } from './name.ts';
import { extensionOids } from './oids.ts';
import { type RevocationReason, readReason } from './revocation-reason.ts';
import { type Asn1Time, readGeneralizedTime, readTime } from './time.ts';

export interface RevokedCertificate {
  readonly serialNumber: Uint8Array;
  readonly revokedAt: Asn1Time;
  /** Null where nothing is said. */
  readonly reason: RevocationReason | null;
  /** Since when the key is known or thought to be in wrong hands. RFC 5280 5.3.2 */
  readonly invalidSince: Asn1Time | null;
  /** Who issued the certificate: the CRL's issuer, or another one in an indirect CRL. RFC 5280 5.3.3 */
  readonly issuer: Name;
  readonly extensions: readonly Extension[];
}

/**
 * The entry of one certificate; null where it is not in the list. One pass over the list.
 * @param serialNumber content octets, as `Certificate.serialNumber` has them
 * @param issuer of the certificate, for indirect CRLs; the CRL's own issuer if nothing is given
 * @throws WireError where that entry is malformed
 */
export function findRevoked(crl: Crl, serialNumber: Uint8Array, issuer: Name = crl.issuer): RevokedCertificate | null {
  for (const revoked of read(crl, serialNumber)) {
    if (sameName(revoked.issuer, issuer)) return revoked;
  }
  return null;
}

/** All entries, one after the other: for showing the first few. */
export function revokedCertificates(crl: Crl): Generator<RevokedCertificate> {
  return read(crl, null);
}

/** The entries with this serial number, or all. An issuer that an entry names holds for those behind it, too. RFC 5280 5.3.3 */
function* read(crl: Crl, serialNumber: Uint8Array | null): Generator<RevokedCertificate> {
  const { raw, nameIssuers } = crl.entries;
  let issuer = crl.issuer;
  for (const entry of entriesIn(crl.entries)) {
    const isWanted = serialNumber === null || hasSerialNumber(raw, entry, serialNumber);
    if (!isWanted && (!nameIssuers || entry.extensions === null)) continue;
    const revoked = readEntry(raw, entry, issuer);
    issuer = revoked.issuer;
    if (isWanted) yield revoked;
  }
}

function hasSerialNumber(raw: Uint8Array, { serialNumber: { content, end } }: CrlEntry, wanted: Uint8Array): boolean {
  return end - content === wanted.length && sameOctets(raw.subarray(content, end), wanted);
}

/** @param before issuer of the entry before this one */
function readEntry(raw: Uint8Array, { at, end, place }: CrlEntry, before: Name): RevokedCertificate {
  const { path, spec, offset } = place;
  const reader = inside(wholeValue(raw.subarray(at, end), { path, spec, offset: offset + at }, SEQUENCE));
  const serialNumber = integerOf(reader.take('userCertificate', INTEGER));
  const revokedAt = readTime(reader.take('revocationDate'));
  const list = reader.optional('crlEntryExtensions', SEQUENCE);
  reader.end();
  const extensions = list === null ? [] : readExtensions(list);
  const open = (oid: string, name: string, section: string, tag: number) => {
    const extension = findExtension(extensions, oid);
    return extension === null ? null : openExtension(extension, name, section, tag);
  };
  const reason = open(extensionOids.reasonCode, 'reasonCode', 'RFC 5280 5.3.1', ENUMERATED);
  const invalid = open(extensionOids.invalidityDate, 'invalidityDate', 'RFC 5280 5.3.2', GENERALIZED_TIME);
  return {
    ...{ serialNumber, revokedAt, extensions },
    reason: reason === null ? null : readReason(reason),
    invalidSince: invalid === null ? null : readGeneralizedTime(invalid),
    issuer: readIssuer(extensions) ?? before,
  };
}

/** RFC 5280 5.3.3 */
function readIssuer(extensions: readonly Extension[]): Name | null {
  const extension = findExtension(extensions, extensionOids.certificateIssuer);
  if (extension === null) return null;
  const names = openExtension(extension, 'certificateIssuer', 'RFC 5280 5.3.3');
  for (const name of readGeneralNames(names)) if (name.type === 'directory') return name.name;
  throw badValue(names, 'no directory name of an issuer');
}
