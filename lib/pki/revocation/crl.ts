/** Judging a certificate by a revocation list of its issuer. RFC 5280 5 and 6.3.3 */
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { type Crl, decodeCrl, findRevoked } from '#lib/wire/x509/crl.ts';
import {
  decodeIssuingDistributionPoint,
  findExtension,
  type GeneralName,
  type IssuingDistributionPoint,
} from '#lib/wire/x509/extensions.ts';
import { sameName, shortName } from '#lib/wire/x509/name.ts';
import { extensionOids as oids } from '#lib/wire/x509/oids.ts';
import { factsOf } from '../facts.ts';
import { type RevocationAnswer, type Unusable, unusable } from './answer.ts';
import { datesOf, staleness } from './freshness.ts';
import { orMalformed } from './malformed.ts';
import { signatureFault } from './signed.ts';
import { distributionPoints } from './sources.ts';

/** RFC 5280 5.2 */
const KNOWN: readonly string[] = [
  ...[oids.issuerAltName, oids.crlNumber, oids.deltaCrlIndicator, oids.issuingDistributionPoint],
  ...[oids.authorityKeyIdentifier, oids.freshestCrl, oids.authorityInfoAccess],
];
/** RFC 5280 5.3. The third that it knows, an entry's own issuer, has its place in indirect lists alone. */
const KNOWN_IN_ENTRIES: readonly string[] = [oids.reasonCode, oids.invalidityDate];

/**
 * What a list says about the certificate.
 * @param bytes DER, as the address delivered it
 */
export function judgeCrl(
  bytes: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
  nowMs: number,
): RevocationAnswer {
  return orMalformed(() => {
    const crl = decodeCrl(bytes);
    const fault = faultOf(crl, issuer) ?? staleness(crl, nowMs);
    return fault ?? lookUp(crl, certificate, issuer);
  });
}

/** What makes the list useless, whichever certificate is looked up. */
function faultOf(crl: Crl, issuer: Certificate): Unusable | null {
  const dates = datesOf(crl);
  if (!sameName(crl.issuer, issuer.subject)) return unusable('other-issuer', shortName(crl.issuer).slice(0, 60), dates);
  if (!maySignLists(issuer)) return unusable('signer-not-allowed', 'no cRLSign in its key usage', dates);
  const fault = signatureFault(crl, issuer.publicKey);
  if (fault !== null) return unusable(fault.why, fault.detail, dates);
  if (findExtension(crl.extensions, oids.deltaCrlIndicator) !== null) return unusable('delta', '', dates);
  const unknown =
    crl.extensions.find(({ critical, oid }) => critical && !KNOWN.includes(oid))?.oid ??
    crl.entries.criticalExtensions.find((oid) => !KNOWN_IN_ENTRIES.includes(oid));
  return unknown === undefined ? null : unusable('critical-extension', unknown, dates);
}

/** RFC 5280 4.2.1.3: without key usage the key may be used for anything. */
function maySignLists(issuer: Certificate): boolean {
  const { has, keyUsage } = factsOf(issuer);
  return keyUsage?.includes('cRLSign') ?? !has(oids.keyUsage);
}

function lookUp(crl: Crl, certificate: Certificate, issuer: Certificate): RevocationAnswer {
  const said = { ...datesOf(crl), signedBy: shortName(issuer.subject) };
  const scope = scopeOf(crl);
  // Entries may name other issuers in indirect lists alone. RFC 5280 5.3.3
  if (scope?.indirect || crl.entries.nameIssuers) return unusable('indirect', '', said);
  const entry = findRevoked(crl, certificate.serialNumber);
  if (entry !== null && entry.reason !== 'removeFromCRL')
    return { status: 'revoked', at: entry.revokedAt.at, reason: entry.reason, ...said };
  // Whoever is on the list is revoked; that somebody is not on it counts only where they could have been.
  const gap = scope === null ? null : gapIn(scope, certificate);
  return gap === null ? { status: 'good', ...said } : unusable('not-covering', gap, said);
}

function scopeOf({ extensions }: Crl): IssuingDistributionPoint | null {
  const extension = findExtension(extensions, oids.issuingDistributionPoint);
  return extension === null ? null : decodeIssuingDistributionPoint(extension);
}

/** Why the certificate would not be on this list even if it were revoked. RFC 5280 6.3.3 (b) */
function gapIn(scope: IssuingDistributionPoint, certificate: Certificate): string | null {
  const authority = factsOf(certificate).basicConstraints?.authority ?? false;
  if (scope.onlyAttributeCertificates) return 'attribute certificates only';
  if (scope.onlyUserCertificates && authority) return 'certificates of users and servers only';
  if (scope.onlyAuthorityCertificates && !authority) return 'certificates of authorities only';
  if (scope.onlySomeReasons !== null) return 'some reasons only';
  return scope.point === null || isPartOf(scope, certificate) ? null : 'another part of the list';
}

/** The certificate has to name the part of the list that this is. */
function isPartOf({ point }: IssuingDistributionPoint, certificate: Certificate): boolean {
  const named = distributionPoints(certificate).flatMap((each) => each.point?.names ?? []);
  return (point?.names ?? []).some((name) => named.some((other) => sameGeneralName(name, other)));
}

function sameGeneralName(one: GeneralName, other: GeneralName): boolean {
  if (one.type === 'uri' && other.type === 'uri') return one.value === other.value;
  return one.type === 'directory' && other.type === 'directory' && sameName(one.name, other.name);
}
