/** Sends the Autodiscover request without credentials: a mail system answers with its sign-in methods. [MS-OXDSCLI] 3.1.5 */
import { marksOfMailSystem } from '#lib/auth/marks.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { type Challenge, decodeChallenges } from '#lib/wire/http/challenge.ts';
import { bodyKind } from './judging/body.ts';
import { clockFindings, type TimedAnswer } from './judging/clock.ts';
import { statusFinding } from './judging/http-status.ts';
import { poxRequest } from './judging/pox-request.ts';

export interface ChallengeInput extends Subject {
  readonly session: TlsSession;
  readonly mailbox: string;
  /** Our clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

export type ChallengeResult =
  | { readonly kind: 'challenge'; readonly challenges: readonly Challenge[]; readonly marks: readonly string[] }
  /** A document came without any sign-in; reading it is another step's work. */
  | { readonly kind: 'answered'; readonly answer: HttpAnswer };

export const autodiscoverChallenge: Probe<Net, ChallengeInput, TimedAnswer, ChallengeResult> = {
  id: 'autodiscover-challenge',
  titles: {
    planned: ({ host }) => title('autodiscover-challenge.planned', { host }),
    failed: ({ host }) => title('autodiscover-challenge.failed', { host }),
  },
  emits: [
    'auth.no-method-offered',
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
  observe: async (net, { session, mailbox, now }, signal) => {
    const sentAt = now();
    return { answer: await net.request(session, poxRequest(mailbox), signal), sentAt, receivedAt: now() };
  },
  judge: (seen, { host, session }) => {
    const { answer } = seen;
    const evidence = [answer.evidence];
    const clock = clockFindings(seen);
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
  if (judged.ok) return { ...judged, findings: [...(judged.findings ?? []), ...more], evidence };
  if ('notNeeded' in judged) return judged;
  const [first, ...others] = judged.findings;
  return { ...judged, findings: [first, ...others, ...more], evidence };
}

function judgeChallenge(answer: HttpAnswer, host: string): Judgement<ChallengeResult> {
  const lines = answer.headers.filter(([name]) => name.toLowerCase() === 'www-authenticate').map(([, value]) => value);
  const challenges = decodeChallenges(lines);
  if (challenges.length === 0)
    return { ok: false, findings: [draft('auth.no-method-offered', { host, path: answer.path })] };
  const methods = [...new Set(challenges.map(({ scheme }) => scheme))].join(', ');
  const marks = marksOfMailSystem(answer.headers, challenges);
  const passed = title('autodiscover-challenge.passed', { host, methods });
  return { ok: true, value: { kind: 'challenge', challenges, marks }, title: passed };
}

function judgeDocument(answer: HttpAnswer, host: string): Judgement<ChallengeResult> {
  const body = bodyKind(answer);
  if (body.kind === 'other') {
    return { ok: false, findings: [draft('http.unexpected-answer', { host, path: answer.path, what: body.what })] };
  }
  return { ok: true, value: { kind: 'answered', answer }, title: title('autodiscover-challenge.answered', { host }) };
}
