/** Repeats the Autodiscover request with Basic credentials, over a fresh connection with the certificate that was judged. RFC 7617 */
import { basicAuthorization } from '#lib/auth/basic.ts';
import type { Secret } from '#lib/auth/secret.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { draft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { statusFinding } from './judging/http-status.ts';
import { poxRequest } from './judging/pox-request.ts';
import type { VettedSession } from './vetted.ts';

export interface SignInInput extends Subject {
  readonly session: VettedSession;
  /** Judges another certificate, should the host show one on the new connection. */
  readonly accept: (session: TlsSession) => boolean;
  readonly mailbox: string;
  readonly user: string;
  readonly password: Secret;
}

export const signIn: Probe<Net, SignInInput, HttpAnswer, HttpAnswer> = {
  id: 'sign-in',
  titles: {
    planned: ({ host }) => title('sign-in.planned', { host }),
    failed: ({ host }) => title('sign-in.failed', { host }),
  },
  emits: [
    'auth.rejected',
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
  observe: async (net, { session, accept, mailbox, user, password }, signal) => {
    const fresh = await net.again(session, accept, signal);
    return net.request(fresh, poxRequest(mailbox, basicAuthorization(user, password)), signal);
  },
  judge: (answer, { host, user, session }) => {
    const evidence = [answer.evidence];
    const rejected = answer.status === 401 ? draft('auth.rejected', { host, user, method: 'Basic' }) : null;
    const finding = rejected ?? statusFinding(answer, session);
    if (finding !== null) return { ok: false, findings: [finding], evidence };
    return { ok: true, value: answer, title: title('sign-in.passed', { host, method: 'Basic' }), evidence };
  },
};
