/** Sends the Autodiscover request without credentials: a mail system answers with its sign-in methods. [MS-OXDSCLI] 3.1.5 */
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer, HttpRequest } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { Challenge } from '#lib/wire/http/challenge.ts';
import { bodyKind } from './judging/body.ts';
import { clockFindings, type TimedAnswer } from './judging/clock.ts';
import { type Signpost, signpostIn } from './judging/destination.ts';
import { statusFinding } from './judging/http-status.ts';
import { methodFindings, methodsEvidence, offeredIn, schemesOf } from './judging/offered-methods.ts';

export interface ChallengeInput extends Subject {
  readonly session: TlsSession;
  readonly request: HttpRequest;
  /** Our clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

export type ChallengeResult =
  | { readonly kind: 'challenge'; readonly challenges: readonly Challenge[]; readonly marks: readonly string[] }
  /** A document came without any sign-in; reading it is another step's work. */
  | { readonly kind: 'answered'; readonly answer: HttpAnswer }
  | { readonly kind: 'redirected'; readonly signpost: Signpost };

export const autodiscoverChallenge: Probe<Net, ChallengeInput, TimedAnswer, ChallengeResult> = {
  id: 'autodiscover-challenge',
  titles: {
    planned: ({ host }) => title('autodiscover-challenge.planned', { host }),
    failed: ({ host }) => title('autodiscover-challenge.failed', { host }),
  },
  emits: [
    'auth.basic-only',
    'auth.no-method-offered',
    'auth.unexpected-method',
    'tls.client-certificate-required',
    'http.not-found',
    'http.forbidden',
    'http.server-error',
    'http.unavailable',
    'http.unexpected-redirect',
    'http.unexpected-answer',
    'http.throttled',
    'http.verb-blocked',
    'http.clock-skew',
  ],
  observe: async (net, { session, request, now }, signal) => {
    const sentAt = now();
    return { answer: await net.request(session, request, signal), sentAt, receivedAt: now() };
  },
  judge: (seen, { host, session }) => {
    const { answer } = seen;
    const evidence = [answer.evidence];
    const clock = clockFindings(seen);
    const signpost = signpostIn(answer);
    if (signpost !== null) return withFindings(judgeRedirect(signpost, host), clock, evidence);
    const finding = statusFinding(answer, session);
    if (finding !== null) return { ok: false, findings: [finding, ...clock], evidence };
    const judged = answer.status === 401 ? judgeChallenge(answer, host) : judgeDocument(answer, host);
    return withFindings(judged, clock, evidence);
  },
};

/** The same judgement with more findings: what a clock says does not depend on what was answered. */
function withFindings<Out>(
  judged: Judgement<Out>,
  more: readonly FindingDraft[],
  evidence: readonly Evidence[],
): Judgement<Out> {
  if (judged.ok)
    return {
      ...judged,
      findings: [...(judged.findings ?? []), ...more],
      evidence: [...(judged.evidence ?? []), ...evidence],
    };
  if ('notNeeded' in judged) return judged;
  const [first, ...others] = judged.findings;
  return { ...judged, findings: [first, ...others, ...more], evidence };
}

/** Some servers send a client on before they ask who it is. [MS-OXDISCO] 3.1.5 */
function judgeRedirect(signpost: Signpost, host: string): Judgement<ChallengeResult> {
  const passed = title('autodiscover-challenge.redirected', { host });
  return { ok: true, value: { kind: 'redirected', signpost }, title: passed };
}

function judgeChallenge(answer: HttpAnswer, host: string): Judgement<ChallengeResult> {
  const offered = offeredIn(answer);
  const { challenges, marks } = offered;
  if (challenges.length === 0)
    return { ok: false, findings: [draft('auth.no-method-offered', { host, path: answer.path })] };
  return {
    ok: true,
    value: { kind: 'challenge', challenges, marks },
    title: title('autodiscover-challenge.passed', { host, methods: schemesOf(offered).join(', ') }),
    findings: methodFindings(offered, answer),
    evidence: [methodsEvidence(offered, answer, null)],
  };
}

function judgeDocument(answer: HttpAnswer, host: string): Judgement<ChallengeResult> {
  const body = bodyKind(answer);
  if (body.kind === 'other') {
    return { ok: false, findings: [draft('http.unexpected-answer', { host, path: answer.path, what: body.what })] };
  }
  return { ok: true, value: { kind: 'answered', answer }, title: title('autodiscover-challenge.answered', { host }) };
}
