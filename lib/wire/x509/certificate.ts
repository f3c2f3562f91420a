/**
 * Certificates. RFC 5280 4.1
 *
 * Decoding fails only where the structure cannot be read. What RFC 5280 merely forbids comes out as data: an unknown version,
 * extensions in version 1, a negative serial number, two algorithms that differ, an extension twice, an empty list of them.
 */
import {
  contextConstructed,
  contextPrimitive,
  type DerReader,
  INTEGER,
  inside,
  SEQUENCE,
  unwrap,
} from '../der/reader.ts';
import { type BitString, bitsOf, integerOf, numberOf } from '../der/values.ts';
import { type AlgorithmIdentifier, readAlgorithm } from './algorithm.ts';
import { type Extension, readExtensions } from './extension.ts';
import { atMost, MAX_CERTIFICATE } from './limits.ts';
import { type Name, readName } from './name.ts';
import { readPublicKey, type SubjectPublicKeyInfo } from './public-key.ts';
import { readSigned, type Signed } from './signed.ts';
import { type Asn1Time, readTime } from './time.ts';

export interface Certificate {
  /** The whole DER value; its SHA-256 is the fingerprint. */
  readonly raw: Uint8Array;
  /** DER of TBSCertificate: what the signature covers. */
  readonly tbsRaw: Uint8Array;
  /** 1, 2 or 3 as people count them, which is one more than what is written. Any other number is not defined. */
  readonly version: number;
  /** Content octets of the INTEGER: `00` is zero, a first octet of `80` or more is negative, more than 20 are too many. */
  readonly serialNumber: Uint8Array;
  /** TBSCertificate.signature, which the signature covers. */
  readonly tbsSignatureAlgorithm: AlgorithmIdentifier;
  /** Certificate.signatureAlgorithm, which it does not; RFC 5280 4.1.1.2 wants the two to be the same. */
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: BitString;
  readonly issuer: Name;
  readonly notBefore: Asn1Time;
  readonly notAfter: Asn1Time;
  readonly subject: Name;
  readonly publicKey: SubjectPublicKeyInfo;
  readonly issuerUniqueId: BitString | null;
  readonly subjectUniqueId: BitString | null;
  /** In the order of the document, duplicates included. */
  readonly extensions: readonly Extension[];
  /** Whether the field is there: RFC 5280 4.1.2.9 forbids an empty list. */
  readonly hasExtensions: boolean;
}

/**
 * Reads one certificate and nothing behind it.
 * @throws WireError where the structure cannot be read
 */
export function decodeCertificate(der: Uint8Array): Certificate {
  const place = { path: 'certificate', spec: 'RFC 5280 4.1' };
  atMost(MAX_CERTIFICATE, der, place);
  const { tbs, ...outer } = readSigned(der, place.path, place.spec, 'tbsCertificate');
  return { ...outer, ...readTbs(tbs) };
}

/** TBSCertificate, in its order. */
function readTbs(tbs: DerReader): Omit<Certificate, keyof Signed> {
  const version = readVersion(tbs);
  const serialNumber = integerOf(tbs.take('serialNumber', INTEGER));
  const tbsSignatureAlgorithm = readAlgorithm(tbs.take('signature', SEQUENCE));
  const issuer = readName(tbs.take('issuer', SEQUENCE));
  const validity = inside(tbs.take('validity', SEQUENCE));
  const [notBefore, notAfter] = [readTime(validity.take('notBefore')), readTime(validity.take('notAfter'))];
  validity.end();
  const subject = readName(tbs.take('subject', SEQUENCE));
  const publicKey = readPublicKey(tbs.take('subjectPublicKeyInfo', SEQUENCE));
  const issuerUniqueId = readUniqueId(tbs, 'issuerUniqueID', 1);
  const subjectUniqueId = readUniqueId(tbs, 'subjectUniqueID', 2);
  const list = tbs.optional('extensions', contextConstructed(3));
  const extensions = list === null ? [] : readExtensions(unwrap(list, SEQUENCE));
  tbs.end();
  return {
    ...{ version, serialNumber, tbsSignatureAlgorithm, issuer, notBefore, notAfter, subject, publicKey },
    ...{ issuerUniqueId, subjectUniqueId, extensions, hasExtensions: list !== null },
  };
}

/** Version 1 should not be written, being the default (X.690 11.5); it is read nevertheless. */
function readVersion(tbs: DerReader): number {
  const version = tbs.optional('version', contextConstructed(0));
  return version === null ? 1 : numberOf(unwrap(version, INTEGER)) + 1;
}

function readUniqueId(tbs: DerReader, name: string, number: 1 | 2): BitString | null {
  const value = tbs.optional(name, contextPrimitive(number));
  return value === null ? null : bitsOf(value);
}
