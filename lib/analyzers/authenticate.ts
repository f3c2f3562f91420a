/** Signs in at one endpoint: by the method that proves most and costs least, and as far as the budget of the credential allows. */
import type { Permit, Proof } from '#lib/auth/budget.ts';
import type { PasswordMethod, SignInMethod, Way } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer, HttpRequest } from '#lib/net/http-message.ts';
import type { ChallengeResult } from '#lib/probes/autodiscover-challenge.ts';
import { bearerChallenge } from '#lib/probes/bearer-challenge.ts';
import { channelBinding, type ProtectionMode } from '#lib/probes/channel-binding.ts';
import { bodyKind } from '#lib/probes/judging/body.ts';
import { proofAtMailbox } from '#lib/probes/judging/service-proof.ts';
import { signIn } from '#lib/probes/sign-in.ts';
import type { VettedSession } from '#lib/probes/vetted.ts';
import { type WindowsAnswer, windowsChallenge } from '#lib/probes/windows-challenge.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Context } from './context.ts';
import { modernSignIn, planModernSignIn } from './modern-sign-in.ts';
import { planStep } from './plan.ts';
import { seeProtection } from './protection.ts';
import { authorityOf, hintsOf, methodFor, type Offers, obstacleOf, offersIn } from './sign-in-choice.ts';

export interface Endpoint extends Subject {
  readonly mailbox: string;
  readonly session: VettedSession;
  readonly way: Way;
  /** What is asked for there. */
  readonly request: HttpRequest;
  /** What the answer has to be for the sign-in to count: an Autodiscover document, or one of MAPI over HTTP or RPC over HTTP. */
  readonly service?: 'autodiscover' | 'mailbox';
  /** Why nothing secret may go there; asked for only where something would. */
  readonly objection: () => Promise<FindingDraft | null>;
}

/** The answer to a request that was let in, and the method that did it; null where none was asked for. */
export interface SignedIn {
  readonly answer: HttpAnswer;
  readonly method: SignInMethod | null;
  /** How Windows sign-in goes there; null where it does not. */
  readonly windows: WindowsAnswer;
  /** How the endpoint treats channel bindings, looked at while the run goes on; null where it was not. The last step to end. */
  readonly protection: Promise<ProtectionMode | null>;
}

export type Challenged = ChallengeResult & { readonly kind: 'challenge' };

/** What came without anything to be protected. */
export const NOT_LOOKED_AT: SignedIn['protection'] = Promise.resolve(null);

/** The plan: a sign-in with a token has steps of its own. */
export function planSignIn(subject: Subject, signInWith: Context['signInWith']): PlannedNode[] {
  if (signInWith !== 'password') return [planModernSignIn('sign-in', subject, signInWith)];
  return [
    planStep(bearerChallenge, subject, 'modern'),
    planStep(windowsChallenge, subject, 'windows'),
    planStep(signIn, subject, 'sign-in'),
    planStep(channelBinding, subject, 'binding'),
  ];
}

/** Closes the steps where nobody has to sign in. */
export function noSignIn(scope: Scope<Net>, signInWith: Context['signInWith']): void {
  for (const { key } of planSignIn({ host: '', port: 0 }, signInWith)) scope.notNeeded(key);
}

/** Runs the steps, or says why they cannot be tested. */
export async function authenticate(
  scope: Scope<Net>,
  target: Endpoint,
  challenge: Challenged,
  context: Context,
): Promise<StepResult<SignedIn>> {
  if (context.signInWith !== 'password') return byToken(scope, target, challenge, context);
  const offers = offersIn(target.host, challenge.challenges);
  const [modern, windows] = await Promise.all([
    seeModern(scope, target, challenge, offers, context),
    beginWindows(scope, target, offers, context),
  ]);
  if (!modern.ok) return modern;
  if (!windows.ok) return windows;
  const { credential, budget } = context;
  const method = credential && methodFor(offers, windows.value, credential, context);
  if (method === null)
    return scope.notTested(
      'sign-in',
      obstacleOf(target.host, challenge.challenges, offers, { credential, authority: modern.value }),
    );
  const objection = await target.objection();
  if (objection !== null) return scope.notTested('sign-in', objection);
  const permit = await budget.permit({
    authority: authorityOf(target.host, challenge.challenges, windows.value),
    marks: challenge.marks,
  });
  if (!permit.granted) return scope.notTested('sign-in', withheld(target.host, permit.reason));
  const watched = watch(method);
  const input = { ...target, method, offersNegotiate: offers.windows.includes('Negotiate') };
  const signInOnly = target.service === 'mailbox';
  const tried = { ...input, method: watched.method, hints: hintsOf(windows.value, target.mailbox), signInOnly };
  const signedIn = await scope.step(signIn, tried, 'sign-in');
  permit.settle(proofOf(signedIn, watched.isUsed(), target.service ?? 'autodiscover'));
  if (!signedIn.ok) return signedIn;
  const protection = seeProtection(scope, { ...input, windows: windows.value, provenAt: 'here' }, context);
  return { ...signedIn, value: { answer: signedIn.value, method, windows: windows.value, protection } };
}

/** Which sign-in service the server trusts, where it takes tokens: known before anybody has one. */
async function seeModern(
  scope: Scope<Net>,
  target: Endpoint,
  { challenges, marks }: Challenged,
  { tokens, onlyTokens }: Offers,
  { authority, oauth }: Context,
): Promise<StepResult<string | null>> {
  if (!tokens) {
    scope.notNeeded('modern');
    return { ok: true, node: scope.id, value: null };
  }
  const asked = { named: authority, fallback: oauth.authority, isNeeded: onlyTokens };
  const input = { ...target, ...target.way, offered: challenges, marks, ...asked };
  const seen = await scope.step(bearerChallenge, input, 'modern');
  return seen.ok ? { ...seen, value: seen.value.authority?.issuer ?? null } : seen;
}

async function byToken(
  scope: Scope<Net>,
  target: Endpoint,
  { challenges, marks }: Challenged,
  context: Context,
): Promise<StepResult<SignedIn>> {
  const objection = await target.objection();
  if (objection !== null) return scope.notTested('sign-in', objection);
  const signedIn = await modernSignIn(scope, 'sign-in', { ...target, challenges, marks }, context);
  if (!signedIn.ok) return signedIn;
  const { answer, token } = signedIn.value;
  return {
    ...signedIn,
    value: { answer, method: { scheme: 'Bearer', token }, windows: null, protection: NOT_LOOKED_AT },
  };
}

/** Without a password: who the server says it is. */
async function beginWindows(
  scope: Scope<Net>,
  target: Endpoint,
  { basic, windows }: Offers,
  { now }: Context,
): Promise<StepResult<WindowsAnswer>> {
  if (windows.length > 0)
    return scope.step(windowsChallenge, { ...target, offered: windows, isNeeded: !basic, now }, 'windows');
  scope.notNeeded('windows');
  return { ok: true, node: scope.id, value: null };
}

interface Watched {
  readonly method: PasswordMethod;
  /** Whether something that was made of the password may have been sent. */
  readonly isUsed: () => boolean;
}

/** A Windows sign-in may end before it comes to the password; Basic begins with it. */
function watch(method: PasswordMethod): Watched {
  if (method.scheme === 'Basic') return { method, isUsed: () => true };
  let isUsed = false;
  const hide = (spellings: readonly string[]): void => {
    isUsed = true;
    method.hide(spellings);
  };
  return { method: { ...method, hide }, isUsed: () => isUsed };
}

/**
 * What the answer says of the credential. Whatever came for a request that carried it may have cost a failed sign-in, so only a few
 * kinds leave it unused: the request never left, or the server broke before it looked.
 */
function proofOf(signedIn: StepResult<HttpAnswer>, isUsed: boolean, service: NonNullable<Endpoint['service']>): Proof {
  if (!isUsed) return 'unknown';
  if (signedIn.ok && service === 'mailbox') return proofAtMailbox(signedIn.value);
  if (signedIn.ok) return bodyKind(signedIn.value).kind === 'xml' ? 'proven' : 'refused';
  if (signedIn.codes.includes('auth.blocked-by-policy')) return 'proven';
  return signedIn.codes.every((code) => UNUSED.test(code)) ? 'unknown' : 'refused';
}

/** A client certificate may be asked for after the request, and then the password has been there. */
const UNUSED =
  /^(dns|tcp)\.|^tls\.(?!client-certificate-required)|^net\.outbound-proxy-refused$|^http\.(not-found|server-error|unavailable)$/;

function withheld(host: string, reason: (Permit & { granted: false })['reason']): FindingDraft {
  const why = {
    'refused-elsewhere': 'the password was tried elsewhere without success and is not used again',
    'no-mark-of-a-mail-system': 'nothing shows that it belongs to a mail system, so it gets no password',
  } as const;
  return draft('tool.not-tested', { what: `Signing in to ${host}`, reason: why[reason] });
}
