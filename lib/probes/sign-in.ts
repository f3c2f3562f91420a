/** Repeats a request with credentials, over a fresh connection with the certificate that was judged. RFC 7617, RFC 4559, [MS-NLMP] */
import { type PasswordMethod, type SignInSeen, signInWith, type Way } from '#lib/auth/signed-request.ts';
import { type Affinity, affinityOf } from '#lib/auth/windows-opening.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer, HttpRequest } from '#lib/net/http-message.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { isRedirect, statusFinding } from './judging/http-status.ts';
import { policyFinding } from './judging/policy.ts';
import { type NameHints, nameFormFindings } from './judging/user-name-form.ts';
import { broken, obstacleFinding, SPREAD } from './judging/windows-obstacle.ts';
import type { VettedSession } from './vetted.ts';

export interface SignInInput extends Subject {
  readonly session: VettedSession;
  readonly way: Way;
  readonly method: PasswordMethod;
  readonly request: HttpRequest;
  /** Whether Negotiate is offered, by which a refusal can be looked into. */
  readonly offersNegotiate: boolean;
  /** What is known of the names in the directory behind the server. */
  readonly hints: NameHints;
  /** Whether all but the sign-in itself is judged by the step that follows. */
  readonly signInOnly?: boolean;
}

interface Seen {
  readonly signIn: SignInSeen;
  /** Looked at only where a Windows sign-in was refused. */
  readonly affinity: Affinity;
}

export const signIn: Probe<Net, SignInInput, Seen, HttpAnswer> = {
  id: 'sign-in',
  titles: {
    planned: ({ host }) => title('sign-in.planned', { host }),
    failed: ({ host }) => title('sign-in.failed', { host }),
  },
  emits: [
    'auth.blocked-by-policy',
    'auth.kerberos-only',
    'auth.malformed-challenge',
    'auth.ntlm-broken-by-proxy',
    'auth.ntlm-too-old',
    'auth.rejected',
    'auth.user-name-form',
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
  observe: async (net, { way, method, request, offersNegotiate }, signal) => {
    const signIn = await signInWith(net, way, method, request, signal);
    const isRefused = signIn.kind === 'answered' && signIn.answer.status === 401;
    if (method.scheme === 'Basic' || !isRefused || !offersNegotiate) return { signIn, affinity: 'unknown' };
    return { signIn, affinity: (await affinityOf(net, way, request, signal)).affinity };
  },
  judge: ({ signIn: seen, affinity }, input) => {
    const { host, request, method } = input;
    const { scheme } = method;
    const evidence = seen.legs;
    if (seen.kind === 'obstacle') {
      if (scheme === 'Basic') throw new Error('Basic has one leg');
      const finding = obstacleFinding(seen.obstacle, { host, path: request.path, scheme });
      return { ok: false, findings: [finding], evidence };
    }
    const [finding, ...more] = refusals(seen.answer, affinity, input);
    if (finding !== undefined) return { ok: false, findings: [finding, ...more], evidence };
    return { ok: true, value: seen.answer, title: title('sign-in.passed', { host, method: scheme }), evidence };
  },
};

function refusals(answer: HttpAnswer, affinity: Affinity, input: SignInInput): FindingDraft[] {
  // A redirect comes only to those who were let in, or before anybody looked; where it leads is another step's matter.
  if (isRedirect(answer)) return [];
  const policy = policyFinding(answer);
  if (policy !== null) return [policy];
  if (answer.status === 401) return rejection(affinity, input);
  if (input.signInOnly) return [];
  const finding = statusFinding(answer, input.session);
  return finding === null ? [] : [finding];
}

const PERHAPS_TLS = '; a device that ends TLS in front of it (Extended Protection) looks the same';

/** RFC 7617 leaves it to the server how it reads letters beyond ASCII, and nothing tells which way it takes. */
function perhapsLetters({ user, password }: PasswordMethod): string {
  const isPlain = password.isPlainText && /^[\x20-\x7e]*$/.test(user);
  return isPlain ? '' : '; there are letters beyond ASCII in them, which not every server reads in the same way';
}

/** Refused looks the same for a wrong password, an unknown name and a binding that does not fit. */
function rejection(affinity: Affinity, { host, method, hints, request }: SignInInput): FindingDraft[] {
  const { scheme, user } = method;
  if (scheme !== 'Basic' && affinity === 'lost') return [broken(SPREAD, { host, path: request.path, scheme })];
  const perhaps = scheme === 'Basic' ? perhapsLetters(method) : PERHAPS_TLS;
  return [draft('auth.rejected', { host, user, method: scheme, perhaps }), ...nameFormFindings(host, user, hints)];
}
