/** Sends the Autodiscover request without credentials: a mail system answers with its sign-in methods. [MS-OXDSCLI] 3.1.5 */
import { marksOfMailSystem } from '#lib/auth/marks.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { draft } from '#lib/result/finding.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { type Challenge, decodeChallenges } from '#lib/wire/http/challenge.ts';
import { bodyKind } from './judging/body.ts';
import { statusFinding } from './judging/http-status.ts';
import { poxRequest } from './judging/pox-request.ts';

export interface ChallengeInput extends Subject {
  readonly session: TlsSession;
  readonly mailbox: string;
}

export type ChallengeResult =
  | { readonly kind: 'challenge'; readonly challenges: readonly Challenge[]; readonly marks: readonly string[] }
  /** A document came without any sign-in; reading it is another step's work. */
  | { readonly kind: 'answered'; readonly answer: HttpAnswer };

export const autodiscoverChallenge: Probe<Net, ChallengeInput, HttpAnswer, ChallengeResult> = {
  id: 'autodiscover-challenge',
  titles: {
    planned: ({ host }) => title('autodiscover-challenge.planned', { host }),
    failed: ({ host }) => title('autodiscover-challenge.failed', { host }),
  },
  emits: [
    'auth.no-method-offered',
    'http.not-found',
    'http.forbidden',
    'http.server-error',
    'http.unavailable',
    'http.unexpected-redirect',
    'http.unexpected-answer',
    'http.throttled',
    'http.verb-blocked',
  ],
  observe: (net, { session, mailbox }, signal) => net.request(session, poxRequest(mailbox), signal),
  judge: (answer, { host }) => {
    const evidence = [answer.evidence];
    const finding = statusFinding(answer);
    if (finding !== null) return { ok: false, findings: [finding], evidence };
    return { ...(answer.status === 401 ? judgeChallenge(answer, host) : judgeDocument(answer, host)), evidence };
  },
};

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
