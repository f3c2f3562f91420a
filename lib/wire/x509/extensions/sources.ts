/** Extensions that say where issuers, CRLs and OCSP responders are. RFC 5280 4.2.1.13, 4.2.1.15, 4.2.2.1, 4.2.2.2, 5.2.5 */
import {
  contextConstructed,
  contextPrimitive,
  type DerReader,
  type DerValue,
  inside,
  OBJECT_IDENTIFIER,
  SEQUENCE,
} from '../../der/reader.ts';
import { booleanOf, oidOf, setBitsOf } from '../../der/values.ts';
import { type Extension, openExtension } from '../extension.ts';
import { type GeneralName, readGeneralName, readGeneralNames } from '../general-name.ts';
import { type RelativeName, readRelativeName } from '../name.ts';
import { accessMethodName } from '../oids.ts';

export interface AccessDescription {
  readonly oid: string;
  /** `ocsp`, `caIssuers`; the OID for one that is not known. */
  readonly method: string;
  readonly location: GeneralName;
}

/** In the order of their bits; bit 0 is not used. RFC 5280 4.2.1.13 */
export const REASON_FLAGS = [
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
] as const;
export type ReasonFlag = (typeof REASON_FLAGS)[number];

export interface DistributionPointName {
  /** Names of the place; most often URIs. */
  readonly names: readonly GeneralName[];
  /** To be put below the name of the CRL's issuer; null where there is none. */
  readonly relativeName: RelativeName | null;
}

export interface DistributionPoint {
  readonly point: DistributionPointName | null;
  /** Null: for all reasons. */
  readonly reasons: readonly ReasonFlag[] | null;
  /** Who signs the CRL, if not the issuer of the certificate; null where nothing is said. */
  readonly issuer: readonly GeneralName[] | null;
}

/** Which certificates a CRL is about. RFC 5280 5.2.5 */
export interface IssuingDistributionPoint {
  readonly point: DistributionPointName | null;
  readonly onlyUserCertificates: boolean;
  readonly onlyAuthorityCertificates: boolean;
  readonly onlyAttributeCertificates: boolean;
  /** Null: all reasons. */
  readonly onlySomeReasons: readonly ReasonFlag[] | null;
  /** It may have entries for certificates of other issuers. */
  readonly indirect: boolean;
}

/** RFC 5280 4.2.2.1 */
export function decodeAuthorityInfoAccess(extension: Extension): AccessDescription[] {
  const list = inside(openExtension(extension, 'authorityInfoAccess', 'RFC 5280 4.2.2.1'));
  return Array.from(list.rest(SEQUENCE), (value) => {
    const reader = inside(value);
    const oid = oidOf(reader.take('accessMethod', OBJECT_IDENTIFIER));
    const location = readGeneralName(reader.take('accessLocation'));
    reader.end();
    return { oid, method: accessMethodName(oid), location };
  });
}

/** RFC 5280 4.2.1.13 */
export function decodeCrlDistributionPoints(extension: Extension): DistributionPoint[] {
  return readPoints(openExtension(extension, 'cRLDistributionPoints', 'RFC 5280 4.2.1.13'));
}

/** Where delta CRLs are. RFC 5280 4.2.1.15 */
export function decodeFreshestCrl(extension: Extension): DistributionPoint[] {
  return readPoints(openExtension(extension, 'freshestCRL', 'RFC 5280 4.2.1.15'));
}

function readPoints(list: DerValue): DistributionPoint[] {
  return Array.from(inside(list).rest(SEQUENCE), (value) => {
    const reader = inside(value);
    const point = readPointName(reader);
    const reasons = readReasons(reader, 'reasons', 1);
    const issuer = reader.optional('cRLIssuer', contextConstructed(2));
    reader.end();
    return { point, reasons, issuer: issuer === null ? null : readGeneralNames(issuer) };
  });
}

/** RFC 5280 5.2.5 */
export function decodeIssuingDistributionPoint(extension: Extension): IssuingDistributionPoint {
  const reader = inside(openExtension(extension, 'issuingDistributionPoint', 'RFC 5280 5.2.5'));
  const point = readPointName(reader);
  const onlyUserCertificates = readFlag(reader, 'onlyContainsUserCerts', 1);
  const onlyAuthorityCertificates = readFlag(reader, 'onlyContainsCACerts', 2);
  const onlySomeReasons = readReasons(reader, 'onlySomeReasons', 3);
  const indirect = readFlag(reader, 'indirectCRL', 4);
  const onlyAttributeCertificates = readFlag(reader, 'onlyContainsAttributeCerts', 5);
  reader.end();
  return {
    ...{ point, onlyUserCertificates, onlyAuthorityCertificates, onlyAttributeCertificates },
    ...{ onlySomeReasons, indirect },
  };
}

/** A CHOICE behind an EXPLICIT tag: full names, or one below the name of the CRL's issuer. */
function readPointName(reader: DerReader): DistributionPointName | null {
  const value = reader.optional('distributionPoint', contextConstructed(0));
  if (value === null) return null;
  const choice = inside(value);
  const relative = choice.optional('nameRelativeToCRLIssuer', contextConstructed(1));
  const full = relative === null ? choice.take('fullName', contextConstructed(0)) : null;
  choice.end();
  return {
    names: full === null ? [] : readGeneralNames(full),
    relativeName: relative === null ? null : readRelativeName(relative),
  };
}

function readReasons(reader: DerReader, name: string, number: number): ReasonFlag[] | null {
  const value = reader.optional(name, contextPrimitive(number));
  return value === null ? null : setBitsOf(value, REASON_FLAGS.length).flatMap((bit) => REASON_FLAGS[bit] ?? []);
}

function readFlag(reader: DerReader, name: string, number: number): boolean {
  const value = reader.optional(name, contextPrimitive(number));
  return value !== null && booleanOf(value);
}
