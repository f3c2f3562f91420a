/**
 * Has the certificate, or one between it and the root, been revoked? Asked as the certificates say. RFC 6960, RFC 5280 6.3
 *
 * A source that fails is a notice at most: it is not the mail server's, and clients go on without it.
 */
import type { Net } from '#lib/net/door.ts';
import { limits } from '#lib/net/limits.ts';
import type { Revoked } from '#lib/pki/revocation/answer.ts';
import { mustStaple } from '#lib/pki/revocation/sources.ts';
import type { RevocationSource } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Message } from '#lib/result/message.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { isoDate, nameOf } from './judging/certificate-facts.ts';
import { fetchAtMost } from './judging/fetched.ts';
import { answerText, askSources, type CertificateSeen, type SourceSeen } from './judging/revocation.ts';

export interface CertificateRevocationInput extends Subject {
  /** The path that was judged, leaf first. Each certificate is asked about by the one above it; the last is not. */
  readonly path: readonly Certificate[];
  /** The OCSP answer that the server sent along, as it came. */
  readonly stapled: Uint8Array | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A leaf and the intermediates above it: chains of the public web have two, and a hostile one could have many. */
const MOST_CERTIFICATES = 4;
/** Four certificates with one responder and one list each, and room for a second of them or a second try. */
const MOST_FETCHES = 12;
/** Redirects of hostile sources could make many. */
const MOST_EXCHANGES = 30;

export const certificateRevocation: Probe<Net, CertificateRevocationInput, readonly CertificateSeen[], void> = {
  id: 'certificate-revocation',
  titles: {
    planned: () => title('certificate-revocation.planned', {}),
    failed: () => title('certificate-revocation.failed', {}),
  },
  emits: ['tls.certificate-revoked', 'tls.revocation-unknown'],
  observe: async (net, { path, stapled, now }, signal) => {
    const soon = AbortSignal.any([signal, AbortSignal.timeout(limits.revocationMs)]);
    const pairs = path.slice(0, MOST_CERTIFICATES).flatMap((certificate, at) => {
      const issuer = path[at + 1];
      return issuer === undefined ? [] : [{ certificate, issuer, stapled: at === 0 ? stapled : null }];
    });
    const door = fetchAtMost(MOST_FETCHES, net);
    return Promise.all(pairs.map((about) => askSources(door, about, now, soon)));
  },
  judge: (seen, { host }) => {
    const exchanges = seen.flatMap(({ sources }) => sources.flatMap(({ evidence }) => evidence));
    const body = { host, certificates: seen.map(toEvidence) };
    const evidence = [{ kind: 'revocation', body } as const, ...exchanges.slice(0, MOST_EXCHANGES)];
    const unclear = seen.flatMap((one, at) => unclearFinding(one, at === 0, host));
    const [first, ...others] = seen.flatMap((one) => revokedFinding(one, host));
    if (first !== undefined) return { ok: false, findings: [first, ...others, ...unclear], evidence };
    return { ok: true, value: undefined, title: titleOf(seen), findings: unclear, evidence };
  },
};

type Standing = 'revoked' | 'good' | 'unknown' | 'not covered';

function standingOf({ cover, sources }: CertificateSeen): Standing {
  const said = (status: string): boolean => sources.some(({ answer }) => answer.status === status);
  if (said('revoked')) return 'revoked';
  if (said('good')) return 'good';
  return cover === 'asked' ? 'unknown' : 'not covered';
}

const KINDS = { stapled: 'the OCSP answer that the server sends along', ocsp: 'OCSP', crl: 'revocation list' } as const;

function revokedFinding({ certificate, sources }: CertificateSeen, host: string): FindingDraft[] {
  const source = sources.find((each): each is SourceSeen & { answer: Revoked } => each.answer.status === 'revoked');
  if (source === undefined) return [];
  const { at, reason } = source.answer;
  return [
    draft('tls.certificate-revoked', {
      ...{ host, name: nameOf(certificate), revokedAt: isoDate(at) },
      ...{ reason: reason ?? 'no reason is given', source: placeOf(source) },
    }),
  ];
}

function placeOf({ kind, url }: SourceSeen): string {
  return url === null ? KINDS[kind] : `${KINDS[kind]} ${url.slice(0, 200)}`;
}

/** One notice for a certificate: all its sources failed, or it demands a staple that is not there. */
function unclearFinding(seen: CertificateSeen, isLeaf: boolean, host: string): FindingDraft[] {
  const { certificate, sources } = seen;
  const failed = standingOf(seen) === 'unknown' ? sources : [];
  const demanded = isLeaf && mustStaple(certificate) ? stapleReason(sources) : [];
  const reasons = [...demanded, ...failed.map((source) => `${KINDS[source.kind]}: ${answerText(source.answer)}`)];
  if (reasons.length === 0) return [];
  const places = failed.flatMap(({ url }) => (url === null ? [] : [url.slice(0, 200)]));
  const args = {
    host,
    name: nameOf(certificate),
    source: places.join(', ') || KINDS.stapled,
    reason: reasons.join('; '),
  };
  return [
    demanded.length > 0 ? draft('tls.revocation-unknown', args, 'warning') : draft('tls.revocation-unknown', args),
  ];
}

/** Strict clients refuse a certificate that demands a staple and comes without a good one. RFC 7633 4.2.3.1 */
function stapleReason(sources: readonly SourceSeen[]): string[] {
  const staple = sources.find(({ kind }) => kind === 'stapled');
  if (staple?.answer.status === 'good' || staple?.answer.status === 'revoked') return [];
  const demand = 'the certificate demands that the server sends an OCSP answer along';
  return [staple === undefined ? `${demand}, and none came` : `${demand}, and the one that came cannot be used`];
}

const NOT_COVERED = {
  asked: 'there is no answer',
  'short-lived': 'it ends after a few days by itself',
  'no-source': 'it names no source',
} as const;

/** The leaf is what people mean by "the certificate"; what is above it speaks through findings. */
function titleOf([leaf]: readonly CertificateSeen[]): Message {
  if (leaf === undefined)
    return title('certificate-revocation.not-covered', { why: 'no issuer is known that is trusted' });
  const standing = standingOf(leaf);
  if (standing === 'not covered') return title('certificate-revocation.not-covered', { why: NOT_COVERED[leaf.cover] });
  const decided = leaf.sources.find(({ answer }) => answer.status === 'good');
  if (decided === undefined) return title('certificate-revocation.unknown', {});
  const how = { stapled: 'OCSP, sent along by the server', ocsp: 'OCSP', crl: 'revocation list' }[decided.kind];
  return title('certificate-revocation.passed', { how });
}

function toEvidence(seen: CertificateSeen) {
  const serialNumber = Buffer.from(seen.certificate.serialNumber.slice(0, 40)).toString('hex').toUpperCase();
  const sources = seen.sources.map(sourceEvidence);
  return { name: nameOf(seen.certificate), serialNumber, status: standingOf(seen), sources };
}

/** Longer ones are not fetched. */
const LONGEST_URL = limits.fetchUrl;

function sourceEvidence({ kind, url, answer, elapsedMs }: SourceSeen): RevocationSource {
  const date = (at: number | null | undefined): string | null => (at == null ? null : isoDate(at));
  const dates = answer.status === 'unavailable' ? null : answer;
  return {
    ...{
      kind,
      url: url?.slice(0, LONGEST_URL) ?? null,
      answer: answer.status === 'unknown' ? answer.status : answerText(answer),
      elapsedMs,
    },
    revokedAt: answer.status === 'revoked' ? isoDate(answer.at) : null,
    reason: answer.status === 'revoked' ? answer.reason : null,
    thisUpdate: date(dates?.thisUpdate),
    nextUpdate: date(dates?.nextUpdate),
    signedBy: 'signedBy' in answer ? answer.signedBy : null,
  };
}
