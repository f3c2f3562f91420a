/** Autodiscover at one host: reach it, see what it asks for, sign in if it belongs to a mail system, read the settings. */
import type { Permit } from '#lib/auth/budget.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { autodiscoverChallenge, type ChallengeResult } from '#lib/probes/autodiscover-challenge.ts';
import { autodiscoverSettings, type PoxSettings } from '#lib/probes/autodiscover-settings.ts';
import { bodyKind } from '#lib/probes/judging/body.ts';
import { signIn } from '#lib/probes/sign-in.ts';
import type { VettedSession } from '#lib/probes/vetted.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Context, Credential } from './context.ts';
import { acceptsAgain, planHost, reachHost } from './host.ts';
import { planGroup, planStep } from './plan.ts';

export interface AutodiscoverTarget extends Subject {
  readonly mailbox: string;
}

/** The plan of one Autodiscover host. */
export function planAutodiscoverHost(key: string, subject: Subject): PlannedNode {
  return planGroup(key, title('autodiscover.host', { host: subject.host }), [
    ...planHost(subject),
    planStep(autodiscoverChallenge, subject, 'challenge'),
    planStep(signIn, subject, 'sign-in'),
    planStep(autodiscoverSettings, subject, 'settings'),
  ]);
}

/** Runs it. Ends with the settings, or at the first step that stops it. */
export async function autodiscoverHost(
  scope: Scope<Net>,
  target: AutodiscoverTarget,
  context: Context,
): Promise<StepResult<PoxSettings>> {
  const session = await reachHost(scope, target, context);
  if (!session.ok) return session;
  const challenge = await scope.step(
    autodiscoverChallenge,
    { ...target, session: session.value, now: context.now },
    'challenge',
  );
  if (!challenge.ok) return challenge;
  if (challenge.value.kind === 'answered') {
    scope.notNeeded('sign-in');
    return scope.step(autodiscoverSettings, { ...target, answer: challenge.value.answer, signedIn: false }, 'settings');
  }
  const answer = await authenticate(scope, target, session.value, challenge.value, context);
  if (!answer.ok) return answer;
  return scope.step(autodiscoverSettings, { ...target, answer: answer.value, signedIn: true }, 'settings');
}

type Challenged = ChallengeResult & { readonly kind: 'challenge' };

async function authenticate(
  scope: Scope<Net>,
  target: AutodiscoverTarget,
  session: VettedSession,
  challenge: Challenged,
  context: Context,
): Promise<StepResult<HttpAnswer>> {
  const { credential } = context;
  const obstacle = obstacleOf(target.host, challenge, credential);
  if (credential === null || obstacle !== null) return scope.notTested('sign-in', obstacle ?? noPassword(target.host));
  const permit = await context.budget.permit(challenge.marks);
  if (!permit.granted) return scope.notTested('sign-in', withheld(target.host, permit.reason));
  const accept = acceptsAgain(target, context);
  const signedIn = await scope.step(signIn, { ...target, ...credential, session, accept }, 'sign-in');
  permit.settle(proofOf(signedIn));
  return signedIn;
}

/**
 * What the answer says of the credential. Whatever came for a request that carried it may have cost a failed sign-in, so only two
 * kinds leave it unused: the request never left, or the server broke before it looked.
 */
function proofOf(signedIn: StepResult<HttpAnswer>): 'proven' | 'refused' | 'unknown' {
  if (signedIn.ok) return bodyKind(signedIn.value).kind === 'xml' ? 'proven' : 'refused';
  return signedIn.codes.every((code) => UNUSED.test(code)) ? 'unknown' : 'refused';
}

/** A client certificate may be asked for after the request, and then the password has been there. */
const UNUSED =
  /^(dns|tcp)\.|^tls\.(?!client-certificate-required)|^net\.outbound-proxy-refused$|^http\.(not-found|server-error|unavailable)$/;

/** Why signing in cannot even be tried here. */
function obstacleOf(
  host: string,
  { challenges, marks }: Challenged,
  credential: Credential | null,
): FindingDraft | null {
  const schemes = challenges.map(({ scheme }) => scheme.toLowerCase());
  if (schemes.includes('basic')) return credential === null ? noPassword(host) : null;
  if (schemes.every((scheme) => scheme === 'bearer')) {
    const bearer = challenges.find(({ scheme }) => scheme.toLowerCase() === 'bearer');
    return draft('auth.password-not-usable', { host, authority: bearer?.params.authorization_uri ?? 'not named' });
  }
  const reason = `it offers ${marks.length > 0 ? schemes.join(', ') : 'nothing that we know'}, and this version signs in with Basic only`;
  return draft('tool.not-tested', { what: `Signing in to ${host}`, reason });
}

function noPassword(host: string): FindingDraft {
  return draft('tool.not-tested', { what: `Signing in to ${host}`, reason: 'no password was given' });
}

function withheld(host: string, reason: (Permit & { granted: false })['reason']): FindingDraft {
  const why = {
    'refused-elsewhere': 'the password was tried elsewhere without success and is not used again',
    'no-mark-of-a-mail-system': 'nothing shows that it belongs to a mail system, so it gets no password',
  } as const;
  return draft('tool.not-tested', { what: `Signing in to ${host}`, reason: why[reason] });
}
