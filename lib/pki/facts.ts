/** A certificate with its extensions read once, and what could not be read of them. */
import { createHash } from 'node:crypto';
import { contextConstructed, inside } from '#lib/wire/der/reader.ts';
import { sameOctets } from '#lib/wire/der/values.ts';
import { WireError } from '#lib/wire/error.ts';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { type Extension, findExtension, openExtension } from '#lib/wire/x509/extension.ts';
import {
  type AuthorityKeyIdentifier,
  type BasicConstraints,
  decodeAuthorityInfoAccess,
  decodeAuthorityKeyIdentifier,
  decodeBasicConstraints,
  decodeCertificatePolicies,
  decodeCrlDistributionPoints,
  decodeExtendedKeyUsage,
  decodeFreshestCrl,
  decodeInhibitAnyPolicy,
  decodeIssuerAltName,
  decodeKeyUsage,
  decodeNameConstraints,
  decodePolicyConstraints,
  decodePolicyMappings,
  decodeSubjectAltName,
  decodeSubjectKeyIdentifier,
  decodeTlsFeature,
  type GeneralName,
  type KeyUsage,
  type NameConstraints,
  type PolicyConstraints,
  type PolicyInformation,
  type PolicyMapping,
} from '#lib/wire/x509/extensions.ts';
import { sameName } from '#lib/wire/x509/name.ts';
import { extensionOids as oids } from '#lib/wire/x509/oids.ts';
import { invalid, rfc } from './found.ts';
import type { Found } from './problem.ts';

/** Values are null where the extension is missing, or cannot be read; `has` tells which. */
export interface Facts {
  readonly certificate: Certificate;
  /** SHA-256, lower-case hexadecimal digits. */
  readonly fingerprint: string;
  /** The same of the key alone, with its algorithm. */
  readonly keyFingerprint: string;
  /** Issuer and subject are the same, which does not say who signed it. RFC 5280 6.1 */
  readonly selfIssued: boolean;
  readonly has: (oid: string) => boolean;
  readonly basicConstraints: BasicConstraints | null;
  readonly keyUsage: readonly KeyUsage[] | null;
  /** OIDs. */
  readonly purposes: readonly string[] | null;
  readonly names: readonly GeneralName[] | null;
  readonly nameConstraints: NameConstraints | null;
  readonly subjectKeyIdentifier: Uint8Array | null;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | null;
  readonly policies: readonly PolicyInformation[] | null;
  readonly policyMappings: readonly PolicyMapping[] | null;
  readonly policyConstraints: PolicyConstraints | null;
  readonly inhibitAnyPolicy: number | null;
  /** One for each extension that cannot be read. */
  readonly malformed: readonly Found[];
}

/** Roots are asked again and again, and reading one takes longer than most of what is asked. */
const known = new WeakMap<Certificate, Facts>();

/** Reads all extensions that a judgement needs. */
export function factsOf(certificate: Certificate): Facts {
  const facts = known.get(certificate) ?? readFacts(certificate);
  known.set(certificate, facts);
  return facts;
}

const sha256 = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('hex');

function readFacts(certificate: Certificate): Facts {
  const malformed: Found[] = [];
  const read = <Value>(oid: string, decode: (extension: Extension) => Value): Value | null =>
    readExtension(certificate, oid, decode, malformed);
  return {
    certificate,
    fingerprint: sha256(certificate.raw),
    keyFingerprint: sha256(certificate.publicKey.raw),
    selfIssued: sameName(certificate.issuer, certificate.subject),
    has: (oid) => findExtension(certificate.extensions, oid) !== null,
    basicConstraints: read(oids.basicConstraints, decodeBasicConstraints),
    keyUsage: read(oids.keyUsage, decodeKeyUsage),
    purposes: read(oids.extendedKeyUsage, decodeExtendedKeyUsage)?.map(({ oid }) => oid) ?? null,
    names: read(oids.subjectAltName, decodeSubjectAltName),
    nameConstraints: read(oids.nameConstraints, decodeNameConstraintsStrictly),
    subjectKeyIdentifier: read(oids.subjectKeyIdentifier, decodeSubjectKeyIdentifier),
    authorityKeyIdentifier: read(oids.authorityKeyIdentifier, decodeAuthorityKeyIdentifier),
    policies: read(oids.certificatePolicies, decodeCertificatePolicies),
    policyMappings: read(oids.policyMappings, decodePolicyMappings),
    policyConstraints: read(oids.policyConstraints, decodePolicyConstraints),
    inhibitAnyPolicy: read(oids.inhibitAnyPolicy, decodeInhibitAnyPolicy),
    malformed: [...malformed, ...readTheRest(certificate)],
  };
}

/** Nothing of a judgement depends on these, so that hardly any client looks into them. */
const UNUSED: readonly (readonly [string, (extension: Extension) => unknown])[] = [
  [oids.authorityInfoAccess, decodeAuthorityInfoAccessStrictly],
  [oids.subjectInfoAccess, decodeAuthorityInfoAccessStrictly],
  [oids.crlDistributionPoints, decodeCrlDistributionPoints],
  [oids.freshestCrl, decodeFreshestCrl],
  [oids.issuerAltName, decodeIssuerAltName],
  [oids.tlsFeature, decodeTlsFeature],
];

function readTheRest(certificate: Certificate): Found[] {
  const malformed: Found[] = [];
  for (const [oid, decode] of UNUSED) readExtension(certificate, oid, decode, malformed);
  return malformed.map((one) => ({ ...one, enforcedBy: 'strict' }));
}

function readExtension<Value>(
  { extensions }: Certificate,
  oid: string,
  decode: (extension: Extension) => Value,
  malformed: Found[],
): Value | null {
  const extension = findExtension(extensions, oid);
  if (extension === null) return null;
  try {
    return decode(extension);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    malformed.push(invalid('malformed', rfc(error.spec, 'clients'), `${error.path}: ${error.reason}`));
    return null;
  }
}

/** `GeneralSubtrees ::= SEQUENCE SIZE (1..MAX)`, and one of the two has to be there. RFC 5280 4.2.1.10 */
function decodeNameConstraintsStrictly(extension: Extension): NameConstraints {
  const constraints = decodeNameConstraints(extension);
  const reader = inside(openExtension(extension, 'nameConstraints', 'RFC 5280 4.2.1.10'));
  const lists = [0, 1].map((tag) => reader.optional('subtrees', contextConstructed(tag)));
  if (lists.every((list) => list === null)) throw empty(extension, 'nameConstraints');
  if (lists.some((list) => list?.content.length === 0)) throw empty(extension, 'nameConstraints.subtrees');
  return constraints;
}

/** `SEQUENCE SIZE (1..MAX)`. RFC 5280 4.2.2.1 */
function decodeAuthorityInfoAccessStrictly(extension: Extension): void {
  if (decodeAuthorityInfoAccess(extension).length === 0) throw empty(extension, 'authorityInfoAccess');
}

function empty({ path, offset }: Extension, name: string): WireError {
  return new WireError('bad-value', { path: `${path}.${name}`, offset, spec: 'RFC 5280 4.2.1' }, 'an empty list');
}

/** Whether two certificates are the same, octet by octet. */
export const sameCertificate = (one: Facts, other: Facts): boolean => one.fingerprint === other.fingerprint;

/** Whether two octet strings are there and the same. */
export const same = (one: Uint8Array | null, other: Uint8Array | null): boolean =>
  one !== null && other !== null && sameOctets(one, other);
