import { createHash } from 'node:crypto';
import type { Certificate, Issuer } from './certificate.ts';
import {
  bitString,
  enumerated,
  explicit,
  generalizedTime,
  implicit,
  integer,
  nothing,
  octetString,
  oid,
  sequence,
} from './der.ts';
import { type Extension, encodeExtension, extensionIds, keyIdentifier } from './extensions.ts';
import { damaged, type Hash, hashes, type SignatureChoice, signatureAlgorithm, signed } from './signatures.ts';
import { daysFromNow } from './usual.ts';

/** What is said about one certificate. RFC 6960 4.2.1 */
export interface CertificateStatus {
  /** Who issued it. */
  readonly issuer: Issuer;
  /** The content of the INTEGER. */
  readonly serial: Uint8Array;
  /** `reason` as in RFC 5280 5.3.1. */
  readonly status: 'good' | 'unknown' | { readonly revokedAt: Date; readonly reason?: number };
  /** By default a day ago. */
  readonly thisUpdate?: Date;
  /** By default in six days; null leaves it out. */
  readonly nextUpdate?: Date | null;
  /** The hash that issuer's name and key are identified by: SHA-1 unless the client asked with another. */
  readonly idHash?: Hash;
}

export interface OcspContent extends SignatureChoice {
  readonly answers: readonly CertificateStatus[];
  /** Who signs. A delegated responder needs `certificates` beside it. */
  readonly signer: Issuer;
  /** Sent along with the signature. */
  readonly certificates?: readonly Pick<Certificate, 'der'>[];
  /** How the signer is named: by its key or by its name. */
  readonly responderId?: 'key' | 'name';
  readonly producedAt?: Date;
  /** Repeated from the request. RFC 9654 */
  readonly nonce?: Uint8Array;
  /** More about the whole answer. */
  readonly extensions?: readonly Extension[];
  readonly badSignature?: boolean;
}

/** Makes and signs a successful response. RFC 6960 4.2.1 */
export function writeOcsp(content: OcspContent): Uint8Array {
  const { signer, certificates = [], badSignature } = content;
  const body = signedPart(content);
  const signature = signed(body, signer.key, content);
  const basic = sequence(
    body,
    signatureAlgorithm(signer.key, content),
    bitString(badSignature ? damaged(signature) : signature),
    ...(certificates.length === 0 ? [] : [explicit(0, sequence(...certificates.map(({ der }) => der)))]),
  );
  return sequence(enumerated(0), explicit(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octetString(basic))));
}

/** The ways in which a responder declines. RFC 6960 4.2.1 */
export const declined = {
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
} as const;

/** A response that says only that there is none. It is not signed. */
export function writeOcspRefusal(why: keyof typeof declined): Uint8Array {
  return sequence(enumerated(declined[why]));
}

function signedPart(content: OcspContent): Uint8Array {
  const { signer, responderId = 'key', producedAt = new Date(), nonce, extensions = [] } = content;
  const id = responderId === 'key' ? explicit(2, octetString(keyIdentifier(signer.key))) : explicit(1, signer.subject);
  const repeated = nonce === undefined ? [] : [{ id: extensionIds.ocspNonce, value: octetString(nonce) }];
  const all = [...repeated, ...extensions];
  return sequence(
    id,
    generalizedTime(producedAt),
    sequence(...content.answers.map(encodeStatus)),
    ...(all.length === 0 ? [] : [explicit(1, sequence(...all.map(encodeExtension)))]),
  );
}

function encodeStatus(answer: CertificateStatus): Uint8Array {
  const { status, thisUpdate = daysFromNow(-1), nextUpdate = daysFromNow(6) } = answer;
  return sequence(
    certificateId(answer),
    statusChoice(status),
    generalizedTime(thisUpdate),
    ...(nextUpdate === null ? [] : [explicit(0, generalizedTime(nextUpdate))]),
  );
}

/** Which certificate is meant: hashes of the issuer's name and key, and the serial number. RFC 6960 4.1.1 */
export function certificateId({ issuer, serial, idHash = 'sha1' }: Omit<CertificateStatus, 'status'>): Uint8Array {
  const nameHash = Uint8Array.from(createHash(idHash).update(issuer.subject).digest());
  return sequence(
    sequence(oid(hashes[idHash]), nothing),
    octetString(nameHash),
    octetString(keyIdentifier(issuer.key, idHash)),
    integer(serial),
  );
}

function statusChoice(status: CertificateStatus['status']): Uint8Array {
  if (status === 'good') return implicit(0, nothing);
  if (status === 'unknown') return implicit(2, nothing);
  const reason = status.reason === undefined ? [] : [explicit(0, enumerated(status.reason))];
  return implicit(1, sequence(generalizedTime(status.revokedAt), ...reason));
}
