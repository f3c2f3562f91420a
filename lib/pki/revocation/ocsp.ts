/** Asking an OCSP responder about one certificate, and judging what it answers. RFC 6960, RFC 5019 */
import { createHash } from 'node:crypto';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import {
  answers,
  type BasicOcspResponse,
  decodeOcspResponse,
  encodeOcspRequest,
  type OcspQuestion,
  type SingleResponse,
} from '#lib/wire/x509/ocsp.ts';
import { extensionOids as oids } from '#lib/wire/x509/oids.ts';
import { type RevocationAnswer, unusable } from './answer.ts';
import { datesOf, staleness } from './freshness.ts';
import { orMalformed } from './malformed.ts';
import { findResponder } from './responder.ts';

/** Longer questions are posted. RFC 5019 5 */
const LONGEST_GET = 255;

/** The request, unsigned and without a nonce, so that answers made beforehand will do. RFC 5019 2.1 */
export function ocspRequestFor(certificate: Certificate, issuer: Certificate): Uint8Array {
  return encodeOcspRequest(questionAbout(certificate, issuer, 'sha1'));
}

/** The address for asking with GET; null where the question has to be posted. RFC 6960 A.1 */
export function ocspGetUrl(address: string, request: Uint8Array): string | null {
  const question = encodeURIComponent(Buffer.from(request).toString('base64'));
  const url = `${address}${address.endsWith('/') ? '' : '/'}${question}`;
  return url.length > LONGEST_GET || /[?#]/.test(address) ? null : url;
}

function questionAbout({ serialNumber }: Certificate, issuer: Certificate, hash: 'sha1' | 'sha256'): OcspQuestion {
  const digest = (bytes: Uint8Array): Uint8Array => createHash(hash).update(bytes).digest();
  const issuerKeyHash = digest(issuer.publicKey.bits.bytes);
  return { hash, issuerNameHash: digest(issuer.subject.raw), issuerKeyHash, serialNumber };
}

/**
 * What a responder's answer says about the certificate.
 * @param bytes the body of the HTTP answer, or what the server has stapled
 */
export function judgeOcsp(
  bytes: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
  nowMs: number,
): RevocationAnswer {
  return orMalformed(() => {
    const { status, basic } = decodeOcspResponse(bytes);
    if (status !== 'successful') return unusable('declined', status);
    if (basic === null) return unusable('malformed', 'it is no basic OCSP answer');
    const single = answerAbout(basic, certificate, issuer);
    return single === null ? unusable('other-certificate') : judgeSingle(single, basic, issuer, nowMs);
  });
}

/** Of several answers about it the newest. */
function answerAbout(
  { responses }: BasicOcspResponse,
  certificate: Certificate,
  issuer: Certificate,
): SingleResponse | null {
  const questions = (['sha1', 'sha256'] as const).map((hash) => questionAbout(certificate, issuer, hash));
  const about = responses.filter((response) => questions.some((question) => answers(response, question)));
  return about.toSorted((one, other) => other.thisUpdate.at - one.thisUpdate.at)[0] ?? null;
}

function judgeSingle(
  single: SingleResponse,
  basic: BasicOcspResponse,
  issuer: Certificate,
  nowMs: number,
): RevocationAnswer {
  const unknown = [...basic.extensions, ...single.extensions].find(({ critical, oid }) => critical && !KNOWN.has(oid));
  if (unknown !== undefined) return unusable('critical-extension', unknown.oid, datesOf(single));
  const responder = findResponder(basic, issuer, nowMs);
  if (responder.kind === 'refused') return unusable(responder.why, responder.detail, datesOf(single));
  const said = { ...datesOf(single), signedBy: responder.name };
  const stale = staleness(single, nowMs);
  if (stale !== null) return stale;
  const { status } = single;
  if (status.kind !== 'revoked') return { status: status.kind, ...said };
  return { status: 'revoked', at: status.revokedAt.at, reason: status.reason, ...said };
}

/** Nonce, CRL references, archive cut-off, extended revoked definition. RFC 6960 4.4 */
const KNOWN: ReadonlySet<string> = new Set([
  oids.ocspNonce,
  '1.3.6.1.5.5.7.48.1.3',
  '1.3.6.1.5.5.7.48.1.6',
  '1.3.6.1.5.5.7.48.1.9',
]);
