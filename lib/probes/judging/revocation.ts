/** Asks the sources of one certificate in turn, until one of them has decided: what was stapled, OCSP, lists. RFC 6960, RFC 5280 6.3 */
import { limits } from '#lib/net/limits.ts';
import { type RevocationAnswer, unusableText } from '#lib/pki/revocation/answer.ts';
import { judgeCrl } from '#lib/pki/revocation/crl.ts';
import { judgeOcsp, ocspGetUrl, ocspRequestFor } from '#lib/pki/revocation/ocsp.ts';
import { accessAddresses, crlAddresses, isShortLived } from '#lib/pki/revocation/sources.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { type Fetcher, fetchSource, type Source } from './fetched.ts';

/** A source could not be asked. */
export interface Unavailable {
  readonly status: 'unavailable';
  readonly reason: string;
}

export interface SourceSeen {
  readonly kind: 'stapled' | 'ocsp' | 'crl';
  /** Null for what was stapled. */
  readonly url: string | null;
  readonly answer: RevocationAnswer | Unavailable;
  readonly elapsedMs: number | null;
  /** The exchanges. */
  readonly evidence: readonly Evidence[];
}

export interface CertificateSeen {
  readonly certificate: Certificate;
  /** Whether there is anything that could be asked; if not, why. */
  readonly cover: 'asked' | 'short-lived' | 'no-source';
  readonly sources: readonly SourceSeen[];
}

/** A certificate with what is needed to ask about it. */
export interface Subordinate {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** The OCSP answer that the server sent along. */
  readonly stapled: Uint8Array | null;
}

/** Certificates name one source of a kind, and seldom a second for when the first is down. */
const MOST_SOURCES = 2;

/** Asks until a source says good or revoked. Nothing more is asked then, for it was signed. */
export async function askSources(
  net: Fetcher,
  about: Subordinate,
  now: number,
  signal: AbortSignal,
): Promise<CertificateSeen> {
  const { certificate } = about;
  const responders = accessAddresses(certificate, 'ocsp').slice(0, MOST_SOURCES);
  const lists = crlAddresses(certificate).slice(0, MOST_SOURCES);
  const cover = coverOf(certificate, responders.length + lists.length);
  const sources: SourceSeen[] = judgeStaple(about, now);
  if (cover !== 'asked' || isDecided(sources)) return { certificate, cover, sources };
  const patience = patienceBefore(lists.length, signal);
  sources.push(...(await Promise.all(responders.map((url) => askResponder(net, url, about, now, patience)))));
  for (const [at, url] of lists.entries()) {
    // One after the other: lists can be large, and the second is a copy of the first.
    if (!isDecided(sources))
      sources.push(await askList(net, url, about, now, patienceBefore(lists.length - at - 1, signal)));
  }
  return { certificate, cover, sources };
}

function coverOf(certificate: Certificate, addresses: number): CertificateSeen['cover'] {
  if (isShortLived(certificate)) return 'short-lived';
  return addresses === 0 ? 'no-source' : 'asked';
}

const isDecided = (sources: readonly SourceSeen[]): boolean =>
  sources.some(({ answer }) => answer.status === 'good' || answer.status === 'revoked');

/** A source gets all the time that is left, unless others wait behind it. */
function patienceBefore(waiting: number, signal: AbortSignal): AbortSignal {
  return waiting === 0 ? signal : AbortSignal.any([signal, AbortSignal.timeout(limits.revocationSourceMs)]);
}

function judgeStaple({ certificate, issuer, stapled }: Subordinate, now: number): SourceSeen[] {
  if (stapled === null) return [];
  const answer = judgeOcsp(stapled, certificate, issuer, now);
  return [{ kind: 'stapled', url: null, answer, elapsedMs: null, evidence: [] }];
}

async function askResponder(
  net: Fetcher,
  url: string,
  { certificate, issuer }: Subordinate,
  now: number,
  signal: AbortSignal,
): Promise<SourceSeen> {
  const body = ocspRequestFor(certificate, issuer);
  const judge = (source: Source): SourceSeen =>
    seen('ocsp', url, source, (bytes) => judgeOcsp(bytes, certificate, issuer, now));
  const getUrl = ocspGetUrl(url, body);
  const first = getUrl === null ? null : judge(await fetchSource(net, getUrl, { kind: 'ocsp' }, signal));
  if (first !== null && !wantsPost(first)) return first;
  const second = judge(await fetchSource(net, url, { kind: 'ocsp', body }, signal));
  if (first === null) return second;
  const elapsedMs = Math.round((first.elapsedMs ?? 0) + (second.elapsedMs ?? 0));
  return { ...second, elapsedMs, evidence: [...first.evidence, ...second.evidence] };
}

/** Some responders understand POST alone, and say so in their own ways. */
function wantsPost({ answer }: SourceSeen): boolean {
  if (answer.status === 'unavailable') return answer.reason.startsWith('status ');
  return (
    answer.status === 'unusable' &&
    (answer.why === 'malformed' || (answer.why === 'declined' && answer.detail === 'malformedRequest'))
  );
}

async function askList(
  net: Fetcher,
  url: string,
  { certificate, issuer }: Subordinate,
  now: number,
  signal: AbortSignal,
): Promise<SourceSeen> {
  const source = await fetchSource(net, url, { kind: 'crl' }, signal);
  return seen('crl', url, source, (bytes) => judgeCrl(bytes, certificate, issuer, now));
}

function seen(
  kind: SourceSeen['kind'],
  url: string,
  source: Source,
  judge: (bytes: Uint8Array) => RevocationAnswer,
): SourceSeen {
  const { elapsedMs, evidence } = source;
  const answer = source.ok ? judge(source.body) : ({ status: 'unavailable', reason: source.reason } as const);
  return { kind, url, answer, elapsedMs, evidence };
}

/** What a source said, in words: good, revoked, or why it could not be used. */
export function answerText(answer: SourceSeen['answer']): string {
  if (answer.status === 'unavailable') return answer.reason;
  if (answer.status === 'unknown') return 'the responder does not know the certificate';
  return answer.status === 'unusable' ? unusableText(answer) : answer.status;
}
