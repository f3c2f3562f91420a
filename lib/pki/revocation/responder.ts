/** Who signed an OCSP answer, and whether they may: the issuer itself, or somebody whom it has authorised. RFC 6960 4.2.2.2 */
import { createHash } from 'node:crypto';
import { type Certificate, decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { sameName, shortName } from '#lib/wire/x509/name.ts';
import type { BasicOcspResponse, ResponderId } from '#lib/wire/x509/ocsp.ts';
import { keyPurposeOids } from '#lib/wire/x509/oids.ts';
import { factsOf } from '../facts.ts';
import type { UnusableReason } from './answer.ts';
import { signatureFault } from './signed.ts';

export type Responder =
  | { readonly kind: 'allowed'; readonly name: string }
  | { readonly kind: 'refused'; readonly why: UnusableReason; readonly detail: string };

/** A responder sends its own certificate, seldom one above it. */
const MOST_CERTIFICATES = 5;

/** Finds who the answer says has signed it, and checks right and signature. */
export function findResponder(basic: BasicOcspResponse, issuer: Certificate, nowMs: number): Responder {
  const signer = isNamed(basic.responder, issuer) ? issuer : delegateOf(basic);
  if (signer === null) return refused('signer-not-allowed', 'neither the issuer nor a certificate that came along');
  const objection = signer === issuer ? null : objectionTo(signer, issuer, nowMs);
  if (objection !== null) return refused('signer-not-allowed', objection);
  const fault = signatureFault(basic, signer.publicKey);
  return fault === null ? { kind: 'allowed', name: shortName(signer.subject) } : refused(fault.why, fault.detail);
}

const refused = (why: UnusableReason, detail = ''): Responder => ({ kind: 'refused', why, detail });

function delegateOf({ certificates, responder }: BasicOcspResponse): Certificate | null {
  const came = certificates.slice(0, MOST_CERTIFICATES).map(decodeCertificate);
  return came.find((certificate) => isNamed(responder, certificate)) ?? null;
}

function isNamed(id: ResponderId, { subject, publicKey }: Certificate): boolean {
  if (id.by === 'name') return sameName(id.name, subject);
  return createHash('sha1').update(publicKey.bits.bytes).digest().equals(id.keyHash);
}

/**
 * Why this certificate may not answer for the issuer; null where it may. Whether it has been revoked itself is not asked: public
 * authorities mark it as one that needs no asking (id-pkix-ocsp-nocheck, 4.2.2.2.1), and for the others clients do not ask either.
 */
function objectionTo(delegate: Certificate, issuer: Certificate, nowMs: number): string | null {
  const name = shortName(delegate.subject).slice(0, 60);
  if (!sameName(delegate.issuer, issuer.subject) || signatureFault(delegate, issuer.publicKey) !== null)
    return `${name} was not issued by ${shortName(issuer.subject).slice(0, 60)}`;
  if (!factsOf(delegate).purposes?.includes(keyPurposeOids.ocspSigning))
    return `${name} was not made for signing OCSP answers`;
  const inDates = delegate.notBefore.at <= nowMs && nowMs <= delegate.notAfter.at;
  return inDates ? null : `the certificate of ${name} is outside its dates`;
}
