/**
 * Signs in with a token: one that the person has, or one that a sign-in service gives once somebody has typed a code. The server is asked
 * which service it trusts; what the token says is read before it is sent.
 */
import type { Secret } from '#lib/auth/secret.ts';
import type { Way } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer, HttpRequest } from '#lib/net/http-message.ts';
import { bearerChallenge, type Trusted } from '#lib/probes/bearer-challenge.ts';
import { tokenClaims } from '#lib/probes/token-claims.ts';
import { tokenSignIn } from '#lib/probes/token-sign-in.ts';
import type { VettedSession } from '#lib/probes/vetted.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Challenge } from '#lib/wire/http/challenge.ts';
import type { Context } from './context.ts';
import { type PatientContext, planSignInWithCode, signInWithCode } from './device-sign-in.ts';
import { planGroup, planStep } from './plan.ts';

/** Where a token is wanted. */
export interface ModernTarget extends Subject {
  readonly session: VettedSession;
  readonly way: Way;
  /** What is asked for there, without any sign-in. */
  readonly request: HttpRequest;
  readonly challenges: readonly Challenge[];
  readonly marks: readonly string[];
}

/** The answer to a request that was let in, and what let it in. */
export interface ModernSignedIn {
  readonly answer: HttpAnswer;
  readonly token: Secret;
}

/** The plan of the sign-in; by device code there are more steps, and those of the sign-in service are known only later. */
export function planModernSignIn(key: string, subject: Subject, signInWith: Context['signInWith']): PlannedNode {
  const { host } = subject;
  return planGroup(key, title('modern-sign-in.title', { host }), [
    planStep(bearerChallenge, subject, 'challenge'),
    ...(signInWith === 'device-code' ? planSignInWithCode(subject) : []),
    planStep(tokenClaims, subject, 'token'),
    planStep(tokenSignIn, subject, 'sign-in'),
  ]);
}

/** Runs it below the planned group. */
export function modernSignIn(
  scope: Scope<Net>,
  key: string,
  target: ModernTarget,
  context: PatientContext,
): Promise<StepResult<ModernSignedIn>> {
  return scope.group<ModernSignedIn>(key, async (group) => {
    const { marks, way, request, challenges } = target;
    if (marks.length === 0) return group.notTested('challenge', withoutToken(target, NO_MARK));
    const trusted = await group.step(
      bearerChallenge,
      {
        ...target,
        ...way,
        offered: challenges,
        named: context.authority,
        fallback: context.oauth.authority,
        isNeeded: context.signInWith === 'device-code',
      },
      'challenge',
    );
    if (!trusted.ok) return trusted;
    const token = await obtain(group, target, trusted.value, context);
    if (!token.ok) return token;
    const facts = await group.step(
      tokenClaims,
      { ...target, path: request.path, token: token.value, source: sourceOf(context), now: context.now },
      'token',
    );
    if (!facts.ok) return facts;
    const permit = await context.tokens.permit();
    if (!permit.granted) return group.notTested('sign-in', withoutToken(target, REFUSED));
    const input = { ...target, accept: way.accept, token: token.value, facts: facts.value };
    const signedIn = await group.step(tokenSignIn, input, 'sign-in');
    permit.settle(outcomeOf(signedIn));
    return signedIn.ok ? { ...signedIn, value: { answer: signedIn.value, token: token.value } } : signedIn;
  });
}

const NO_MARK = 'nothing shows that it belongs to a mail system, so it gets no token';
const REFUSED = 'the token was refused elsewhere and is not used again';

const sourceOf = ({ signInWith }: Context) => (signInWith === 'token' ? 'given by the person' : 'device code');

function withoutToken({ host }: Subject, reason: string): FindingDraft {
  return draft('tool.not-tested', { what: `Signing in to ${host} with a token`, reason });
}

/** Only the server's own word counts against a token; what broke on the way says nothing of it. */
function outcomeOf(signedIn: StepResult<HttpAnswer>): 'accepted' | 'refused' | 'unknown' {
  if (signedIn.ok) return 'accepted';
  return signedIn.codes.includes('auth.token-refused') ? 'refused' : 'unknown';
}

/** The token that the person has, or the one that the service gives for a code: once in a run, however many endpoints want it. */
async function obtain(
  group: Scope<Net>,
  target: ModernTarget,
  { authority, scope }: Trusted,
  context: PatientContext,
): Promise<StepResult<Secret>> {
  if (context.signInWith !== 'device-code') {
    if (context.token === null) return group.notTested('token', withoutToken(target, 'no token was given'));
    return { ok: true, node: group.id, value: context.token };
  }
  if (authority === null) throw new Error('no sign-in service is known');
  const turn = context.tokens.turn(authority.issuer);
  if (turn.first) {
    let token: Secret | null = null;
    try {
      const asked = await signInWithCode(group, target, { authority, scope }, context);
      if (asked.ok) token = asked.value;
      return asked;
    } finally {
      turn.done(token);
    }
  }
  for (const key of ['service', 'code', 'wait']) group.notNeeded(key);
  const token = await turn.token;
  if (token === null) return group.notTested('token', withoutToken(target, 'the sign-in service gave none'));
  return { ok: true, node: group.id, value: token };
}
