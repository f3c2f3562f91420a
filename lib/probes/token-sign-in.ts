/** Repeats the endpoint's request with a token, over a fresh connection with the certificate that was judged. RFC 6750 2.1, 3.1 */
import { bearerAuthorization, type TokenFacts } from '#lib/auth/bearer/token.ts';
import type { Secret } from '#lib/auth/secret.ts';
import type { Net } from '#lib/net/door.ts';
import { type HttpAnswer, type HttpRequest, header } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { decodeChallenges } from '#lib/wire/http/challenge.ts';
import { readBearer } from '#lib/wire/oauth/challenge.ts';
import { statusFinding } from './judging/http-status.ts';
import { likelyObjection } from './judging/token-fit.ts';
import type { VettedSession } from './vetted.ts';

export interface TokenSignInInput extends Subject {
  readonly session: VettedSession;
  readonly accept: (session: TlsSession) => boolean;
  /** What the endpoint is asked for, without any sign-in. */
  readonly request: HttpRequest;
  readonly token: Secret;
  readonly facts: TokenFacts;
}

export const tokenSignIn: Probe<Net, TokenSignInInput, HttpAnswer, HttpAnswer> = {
  id: 'token-sign-in',
  titles: {
    planned: ({ host }) => title('token-sign-in.planned', { host }),
    failed: ({ host }) => title('token-sign-in.failed', { host }),
  },
  emits: [
    'auth.token-refused',
    'tls.client-certificate-required',
    'http.not-found',
    'http.forbidden',
    'http.server-error',
    'http.unavailable',
    'http.unexpected-redirect',
    'http.unexpected-answer',
    'http.throttled',
    'http.verb-blocked',
  ],
  observe: async (net, { session, accept, request, token }, signal) => {
    const fresh = await net.again(session, accept, signal);
    const headers = [...request.headers, ['Authorization', bearerAuthorization(token)] as const];
    return net.request(fresh, { ...request, headers }, signal);
  },
  judge: (answer, { host, facts, session }) => {
    const evidence = [answer.evidence];
    const finding = refusal(answer, host, facts) ?? statusFinding(answer, session);
    if (finding !== null) return { ok: false, findings: [finding], evidence };
    return { ok: true, value: answer, title: title('sign-in.passed', { host, method: 'Bearer' }), evidence };
  },
};

/** A token has no password that could be wrong: what is refused is its audience, its scope, or whom it stands for. */
function refusal(answer: HttpAnswer, host: string, facts: TokenFacts): FindingDraft | null {
  const words = serverWords(answer);
  // Without a word about the token, 403 is about the place.
  if (answer.status !== 401 && (answer.status !== 403 || words === null)) return null;
  const audience = facts.audience.join(' ') || 'not said';
  const reason = likelyObjection(facts, host) ?? words ?? 'the server does not say why';
  return draft('auth.token-refused', { host, path: answer.path, reason, audience, error: words ?? 'none' });
}

const MOST_WORDS = 400;

/** Exchange explains itself in a header of its own, others in the challenge. RFC 6750 3.1 */
function serverWords({ headers }: HttpAnswer): string | null {
  const lines = headers.filter(([name]) => /^www-authenticate$/i.test(name)).map(([, value]) => value);
  const bearer = readBearer(decodeChallenges(lines));
  const said = [bearer?.error, bearer?.errorDescription, diagnosis(header(headers, 'x-ms-diagnostics'))];
  return [...new Set(said.filter((text) => text != null && text !== ''))].join(': ').slice(0, MOST_WORDS) || null;
}

/** `2000003;reason="The audience claim value is invalid.";error_category="invalid_resource"` */
function diagnosis(value: string | null): string | null {
  const reason = /reason="([^"]*)"/.exec(value?.slice(0, 2_000) ?? '')?.[1];
  return reason ?? value?.slice(0, MOST_WORDS) ?? null;
}
