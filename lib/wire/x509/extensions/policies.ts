/** Extensions about policies. RFC 5280 4.2.1.4, 4.2.1.5, 4.2.1.11, 4.2.1.14 */
import {
  contextPrimitive,
  type DerReader,
  type DerValue,
  INTEGER,
  inside,
  OBJECT_IDENTIFIER,
  SEQUENCE,
} from '../../der/reader.ts';
import { asciiOf, numberOf, oidOf } from '../../der/values.ts';
import { type Extension, openExtension } from '../extension.ts';
import { policyQualifierOids } from '../oids.ts';

export interface PolicyInformation {
  readonly policy: string;
  readonly qualifiers: readonly PolicyQualifier[];
}

export interface PolicyQualifier {
  readonly oid: string;
  /** Address of a certification practice statement; null for other qualifiers. */
  readonly statement: string | null;
  /** DER. */
  readonly value: Uint8Array;
}

export interface PolicyMapping {
  readonly issuerPolicy: string;
  readonly subjectPolicy: string;
}

export interface PolicyConstraints {
  /** How many certificates may follow before the constraint holds; null where there is none. */
  readonly requireExplicitPolicy: number | null;
  readonly inhibitPolicyMapping: number | null;
}

/** RFC 5280 4.2.1.4 */
export function decodeCertificatePolicies(extension: Extension): PolicyInformation[] {
  const list = inside(openExtension(extension, 'certificatePolicies', 'RFC 5280 4.2.1.4'));
  return Array.from(list.rest(SEQUENCE), readPolicy);
}

function readPolicy(value: DerValue): PolicyInformation {
  const reader = inside(value);
  const policy = oidOf(reader.take('policyIdentifier', OBJECT_IDENTIFIER));
  const qualifiers = reader.optional('policyQualifiers', SEQUENCE);
  reader.end();
  return {
    policy,
    qualifiers: qualifiers === null ? [] : Array.from(inside(qualifiers).rest(SEQUENCE), readQualifier),
  };
}

function readQualifier(value: DerValue): PolicyQualifier {
  const reader = inside(value);
  const oid = oidOf(reader.take('policyQualifierId', OBJECT_IDENTIFIER));
  const qualifier = reader.take('qualifier');
  reader.end();
  const isStatement = oid === policyQualifierOids.certificationPracticeStatement;
  return { oid, statement: isStatement ? asciiOf(qualifier) : null, value: qualifier.raw };
}

/** RFC 5280 4.2.1.5 */
export function decodePolicyMappings(extension: Extension): PolicyMapping[] {
  const list = inside(openExtension(extension, 'policyMappings', 'RFC 5280 4.2.1.5'));
  return Array.from(list.rest(SEQUENCE), (value) => {
    const reader = inside(value);
    const issuerPolicy = oidOf(reader.take('issuerDomainPolicy', OBJECT_IDENTIFIER));
    const subjectPolicy = oidOf(reader.take('subjectDomainPolicy', OBJECT_IDENTIFIER));
    reader.end();
    return { issuerPolicy, subjectPolicy };
  });
}

/** RFC 5280 4.2.1.11 */
export function decodePolicyConstraints(extension: Extension): PolicyConstraints {
  const reader = inside(openExtension(extension, 'policyConstraints', 'RFC 5280 4.2.1.11'));
  const requireExplicitPolicy = readSkip(reader, 'requireExplicitPolicy', 0);
  const inhibitPolicyMapping = readSkip(reader, 'inhibitPolicyMapping', 1);
  reader.end();
  return { requireExplicitPolicy, inhibitPolicyMapping };
}

function readSkip(reader: DerReader, name: string, number: number): number | null {
  const value = reader.optional(name, contextPrimitive(number));
  return value === null ? null : numberOf(value);
}

/** How many certificates may follow in which anyPolicy still counts. RFC 5280 4.2.1.14 */
export function decodeInhibitAnyPolicy(extension: Extension): number {
  return numberOf(openExtension(extension, 'inhibitAnyPolicy', 'RFC 5280 4.2.1.14', INTEGER));
}
