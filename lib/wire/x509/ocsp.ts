/** Online certificate status: request and response, in the order of the conversation. RFC 6960 4; the nonce: RFC 9654 */
import {
  BIT_STRING,
  badValue,
  contextConstructed,
  contextPrimitive,
  type DerReader,
  type DerValue,
  ENUMERATED,
  INTEGER,
  inside,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  SEQUENCE,
  unwrap,
  wholeValue,
} from '../der/reader.ts';
import { type BitString, bitsOf, integerOf, nullOf, numberOf, oidOf, sameOctets } from '../der/values.ts';
import { derInteger, derNull, derOctets, derOid, derSequence, derValue } from '../der/writer.ts';
import { type AlgorithmIdentifier, readAlgorithm } from './algorithm.ts';
import { type Extension, findExtension, readExtensions } from './extension.ts';
import { atMost, MAX_OCSP_RESPONSE } from './limits.ts';
import { type Name, readName } from './name.ts';
import { extensionOids, hashOids } from './oids.ts';
import { type RevocationReason, readReason } from './revocation-reason.ts';
import { type Asn1Time, readGeneralizedTime } from './time.ts';

export interface OcspQuestion {
  /** Responders know SHA-1 at least (RFC 5019 2.1.1); it only has to tell issuers apart here. */
  readonly hash: 'sha1' | 'sha256';
  /** Hash of the DER of the issuer's name: `certificate.issuer.raw`. */
  readonly issuerNameHash: Uint8Array;
  /** Hash of the octets of the issuer's key: `issuer.publicKey.bits.bytes`. */
  readonly issuerKeyHash: Uint8Array;
  /** Content octets, as `Certificate.serialNumber` has them. */
  readonly serialNumber: Uint8Array;
}

/** RFC 6960 4.2.1 */
export type OcspStatus =
  | 'successful'
  | 'malformedRequest'
  | 'internalError'
  | 'tryLater'
  | 'sigRequired'
  | 'unauthorized'
  /** A number that is not defined. */
  | `${number}`;

export interface OcspResponse {
  /** Anything but `successful` comes without an answer. */
  readonly status: OcspStatus;
  /** OID of the kind of answer; null where there is none. */
  readonly type: string | null;
  /** Null where there is none, or one of another kind than 1.3.6.1.5.5.7.48.1.1. */
  readonly basic: BasicOcspResponse | null;
}

export interface BasicOcspResponse {
  readonly raw: Uint8Array;
  /** DER of ResponseData: what the signature covers. */
  readonly tbsRaw: Uint8Array;
  /** 1. */
  readonly version: number;
  readonly responder: ResponderId;
  readonly producedAt: Asn1Time;
  readonly responses: readonly SingleResponse[];
  /** Content of the nonce; null where there is none. */
  readonly nonce: Uint8Array | null;
  readonly extensions: readonly Extension[];
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: BitString;
  /** DER, as they came. */
  readonly certificates: readonly Uint8Array[];
}

export type ResponderId =
  | { readonly by: 'name'; readonly name: Name }
  /** SHA-1 of the octets of the responder's key. */
  | { readonly by: 'key'; readonly keyHash: Uint8Array };

export interface SingleResponse {
  readonly certificate: CertificateId;
  readonly status: CertificateStatus;
  readonly thisUpdate: Asn1Time;
  /** Null: newer information is available all the time. */
  readonly nextUpdate: Asn1Time | null;
  readonly extensions: readonly Extension[];
}

export interface CertificateId {
  readonly hashAlgorithm: AlgorithmIdentifier;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: Uint8Array;
}

export type CertificateStatus =
  | { readonly kind: 'good' }
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'revoked';
      readonly revokedAt: Asn1Time;
      readonly reason: RevocationReason | null;
    };

/** The body of a request about one certificate, unsigned. RFC 6960 4.1.1 */
export function encodeOcspRequest(question: OcspQuestion, nonce?: Uint8Array): Uint8Array {
  const { hash, issuerNameHash, issuerKeyHash, serialNumber } = question;
  const algorithm = derSequence(derOid(hashOids[hash]), derNull());
  const id = derSequence(algorithm, derOctets(issuerNameHash), derOctets(issuerKeyHash), derInteger(serialNumber));
  const list = derSequence(derSequence(id));
  return derSequence(nonce === undefined ? derSequence(list) : derSequence(list, encodeNonce(nonce)));
}

/** RFC 9654 2.1 */
function encodeNonce(nonce: Uint8Array): Uint8Array {
  const extension = derSequence(derOid(extensionOids.ocspNonce), derOctets(derOctets(nonce)));
  return derValue(contextConstructed(2), derSequence(extension));
}

/** RFC 6960 4.2.1; 4 is not used */
const STATUSES: Readonly<Record<number, OcspStatus>> = {
  0: 'successful',
  1: 'malformedRequest',
  2: 'internalError',
  3: 'tryLater',
  5: 'sigRequired',
  6: 'unauthorized',
};

/** id-pkix-ocsp-basic */
const BASIC = '1.3.6.1.5.5.7.48.1.1';

/**
 * Reads a response and nothing behind it.
 * @throws WireError
 */
export function decodeOcspResponse(der: Uint8Array): OcspResponse {
  const place = { path: 'ocsp', spec: 'RFC 6960 4.2.1' };
  atMost(MAX_OCSP_RESPONSE, der, place);
  const reader = inside(wholeValue(der, place, SEQUENCE));
  const number = numberOf(reader.take('responseStatus', ENUMERATED));
  const status = STATUSES[number] ?? `${number}`;
  const wrapped = reader.optional('responseBytes', contextConstructed(0));
  reader.end();
  if (wrapped === null) return { status, type: null, basic: null };
  const answer = inside(unwrap(wrapped, SEQUENCE));
  const type = oidOf(answer.take('responseType', OBJECT_IDENTIFIER));
  const content = answer.take('response', OCTET_STRING);
  answer.end();
  return { status, type, basic: type === BASIC ? readBasic(content) : null };
}

/** @param octets an OCTET STRING with another document in it */
function readBasic({ content, contentOffset }: DerValue): BasicOcspResponse {
  const place = { path: 'ocsp.basic', spec: 'RFC 6960 4.2.1', offset: contentOffset };
  const whole = wholeValue(content, place, SEQUENCE);
  const reader = inside(whole);
  const tbs = reader.take('tbsResponseData', SEQUENCE);
  const signatureAlgorithm = readAlgorithm(reader.take('signatureAlgorithm', SEQUENCE));
  const signature = bitsOf(reader.take('signature', BIT_STRING));
  const list = reader.optional('certs', contextConstructed(0));
  reader.end();
  const certificates = list === null ? [] : Array.from(inside(unwrap(list, SEQUENCE)).rest(SEQUENCE), ({ raw }) => raw);
  const data = readData(inside(tbs, { path: place.path }));
  return { raw: whole.raw, tbsRaw: tbs.raw, ...data, signatureAlgorithm, signature, certificates };
}

type Outer = 'raw' | 'tbsRaw' | 'signatureAlgorithm' | 'signature' | 'certificates';

/** ResponseData, in its order. */
function readData(tbs: DerReader): Omit<BasicOcspResponse, Outer> {
  const version = tbs.optional('version', contextConstructed(0));
  const responder = readResponder(tbs.take('responderID'));
  const producedAt = readGeneralizedTime(tbs.take('producedAt'));
  const responses = Array.from(inside(tbs.take('responses', SEQUENCE)).rest(SEQUENCE), readSingle);
  const extensions = readOptionalExtensions(tbs, 'responseExtensions');
  tbs.end();
  return {
    version: version === null ? 1 : numberOf(unwrap(version, INTEGER)) + 1,
    ...{ responder, producedAt, responses, extensions },
    nonce: nonceOf(extensions),
  };
}

function readResponder(value: DerValue): ResponderId {
  if (value.tag === contextConstructed(1)) return { by: 'name', name: readName(unwrap(value, SEQUENCE)) };
  if (value.tag === contextConstructed(2)) return { by: 'key', keyHash: unwrap(value, OCTET_STRING).content };
  throw badValue(value, 'a responder by neither name nor key');
}

function readSingle(value: DerValue): SingleResponse {
  const reader = inside(value);
  const certificate = readCertificateId(reader.take('certID', SEQUENCE));
  const status = readStatus(reader.take('certStatus'));
  const thisUpdate = readGeneralizedTime(reader.take('thisUpdate'));
  const nextUpdate = reader.optional('nextUpdate', contextConstructed(0));
  const extensions = readOptionalExtensions(reader, 'singleExtensions');
  reader.end();
  return {
    ...{ certificate, status, thisUpdate, extensions },
    nextUpdate: nextUpdate === null ? null : readGeneralizedTime(unwrap(nextUpdate)),
  };
}

/** RFC 6960 4.1.1 */
function readCertificateId(value: DerValue): CertificateId {
  const reader = inside(value);
  const hashAlgorithm = readAlgorithm(reader.take('hashAlgorithm', SEQUENCE));
  const issuerNameHash = reader.take('issuerNameHash', OCTET_STRING).content;
  const issuerKeyHash = reader.take('issuerKeyHash', OCTET_STRING).content;
  const serialNumber = integerOf(reader.take('serialNumber', INTEGER));
  reader.end();
  return { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber };
}

function readStatus(value: DerValue): CertificateStatus {
  switch (value.tag) {
    case contextPrimitive(0):
      nullOf(value);
      return { kind: 'good' };
    case contextConstructed(1):
      return readRevoked(inside(value));
    case contextPrimitive(2):
      nullOf(value);
      return { kind: 'unknown' };
    default:
      throw badValue(value, 'neither good nor revoked nor unknown');
  }
}

function readRevoked(reader: DerReader): CertificateStatus {
  const revokedAt = readGeneralizedTime(reader.take('revocationTime'));
  const reason = reader.optional('revocationReason', contextConstructed(0));
  reader.end();
  return { kind: 'revoked', revokedAt, reason: reason === null ? null : readReason(unwrap(reason, ENUMERATED)) };
}

function readOptionalExtensions(reader: DerReader, name: string): Extension[] {
  const list = reader.optional(name, contextConstructed(1));
  return list === null ? [] : readExtensions(unwrap(list, SEQUENCE));
}

/** An OCTET STRING since RFC 6960; before, any octets were allowed, and some responders still send them as they are. */
function nonceOf(extensions: readonly Extension[]): Uint8Array | null {
  const value = findExtension(extensions, extensionOids.ocspNonce)?.value;
  if (value === undefined) return null;
  const isWrapped = value[0] === OCTET_STRING && value.length >= 2 && value[1] === value.length - 2;
  return isWrapped ? value.subarray(2) : value;
}

/** Whether an answer is about what was asked. */
export function answers({ certificate }: SingleResponse, question: OcspQuestion): boolean {
  return (
    certificate.hashAlgorithm.oid === hashOids[question.hash] &&
    sameOctets(certificate.issuerNameHash, question.issuerNameHash) &&
    sameOctets(certificate.issuerKeyHash, question.issuerKeyHash) &&
    sameOctets(certificate.serialNumber, question.serialNumber)
  );
}
