/** Into a service of the mail server: its host, its challenge, and the sign-in that it wants. */
import type { SignInMethod, Way } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import { proofRequest } from '#lib/probes/judging/service-proof.ts';
import { serviceChallenge } from '#lib/probes/service-challenge.ts';
import type { VettedSession } from '#lib/probes/vetted.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Challenge } from '#lib/wire/http/challenge.ts';
import { authenticate, noSignIn, planSignIn } from '../authenticate.ts';
import type { Context } from '../context.ts';
import type { Opened } from '../discovery/endpoint.ts';
import { acceptsAgain, planHost, reachHost } from '../host.ts';
import { planStep } from '../plan.ts';
import { authorityOf } from '../sign-in-choice.ts';
import type { Doors } from './doors.ts';
import { FirstUse } from './first-use.ts';

/** Where, and in which protocol it is asked whether somebody is let in. */
export interface Entrance extends Subject {
  readonly path: string;
  /** What people call it. */
  readonly service: string;
  readonly speaks?: 'mapi';
  readonly mailbox: string;
  /** AuthPackage, as far as the settings say. */
  readonly promised?: string | null;
  /** The one method that may be used, in lower case; without it the best that is offered. */
  readonly only?: string | null;
}

/** What the run knows already. */
export interface Known {
  /** Where the settings came from, and how somebody signed in there; null where the address was typed in. */
  readonly opened: Opened | null;
  readonly doors: Doors | null;
  /** Whether the steps stand in the plan already. */
  readonly isPlanned: boolean;
  /** Why nothing secret may go there. */
  readonly objection: () => Promise<FindingDraft | null>;
}

/** A service that lets the person in, as far as that is known before it is used. */
export interface Inside extends Subject {
  readonly session: VettedSession;
  readonly way: Way;
  readonly method: SignInMethod | null;
  /** Schemes that it offers, in its own spelling. */
  readonly offered: readonly string[];
  /** Where the same sign-in has gone well. */
  readonly acceptedBy: string;
  readonly firstUse: FirstUse;
}

/** The plan where the address is known beforehand. */
export function planEntrance(subject: Subject, signInWith: Context['signInWith']): PlannedNode[] {
  return [...planHost(subject), planStep(serviceChallenge, subject, 'challenge'), ...planSignIn(subject, signInWith)];
}

/** Runs as much of it as is not known. */
export async function enter(
  scope: Scope<Net>,
  entrance: Entrance,
  known: Known,
  context: Context,
): Promise<StepResult<Inside>> {
  const { host, port } = entrance;
  const session = await sessionFor(scope, entrance, known, context);
  if (!session.ok) return session;
  const way = { session: session.value, accept: acceptsAgain({ host, port }, context) };
  const challenges = await challengesOf(scope, entrance, way, known);
  if (!challenges.ok) return challenges;
  const usable = challenges.value.filter(({ scheme }) => isAllowed(scheme, entrance));
  const offered = usable.map(({ scheme }) => scheme);
  if (challenges.value.length > 0 && usable.length === 0) return methodMissing(scope, entrance, challenges.value);
  const inside = { host, port, session: session.value, way, offered };
  const acceptedBy = known.opened === null ? host : `Autodiscover on ${known.opened.host}`;
  if (challenges.value.length === 0) {
    if (known.isPlanned) noSignIn(scope, context.signInWith);
    return { ok: true, node: scope.id, value: { ...inside, method: null, acceptedBy, firstUse: new FirstUse(true) } };
  }
  const proven = provenMethod(known.opened, offered);
  if (proven !== null) return again(scope, { ...inside, method: proven, acceptedBy }, usable, known, context);
  return signIn(scope, entrance, { ...inside, challenges: usable }, known, context);
}

const isAllowed = (scheme: string, { only = null }: Entrance): boolean =>
  only === null || scheme.toLowerCase() === only;

function methodMissing(
  scope: Scope<Net>,
  { host, path, only }: Entrance,
  challenges: readonly Challenge[],
): StepResult<never> {
  const offered = challenges.map(({ scheme }) => scheme.slice(0, 50)).slice(0, 10);
  const why = draft('auth.required-method-missing', { host, path, promised: only ?? '', offered });
  scope.found(why);
  return { ok: false, node: scope.id, state: 'failed', codes: [why.code] };
}

async function sessionFor(
  scope: Scope<Net>,
  { host, port }: Entrance,
  { opened, doors, isPlanned }: Known,
  context: Context,
): Promise<StepResult<VettedSession>> {
  if (opened !== null && opened.host === host && opened.port === port)
    return { ok: true, node: scope.id, value: opened.session };
  const elsewhere = doors?.host({ host, port });
  if (elsewhere) return elsewhere;
  if (!isPlanned) scope.plan(planHost({ host, port }));
  return reachHost(scope, { host, port }, context);
}

async function challengesOf(
  scope: Scope<Net>,
  { host, port, path, service, speaks, promised = null }: Entrance,
  way: Way,
  { doors, isPlanned }: Known,
): Promise<StepResult<readonly Challenge[]>> {
  const elsewhere = doors?.service({ host, port }, path);
  if (elsewhere) return elsewhere;
  if (!isPlanned) scope.plan([planStep(serviceChallenge, { host, port }, 'challenge')]);
  return scope.step(
    serviceChallenge,
    { host, port, service, path, promised, way, ...(speaks && { speaks }) },
    'challenge',
  );
}

/** What has gone well with Autodiscover goes on here, where it is offered. */
function provenMethod(opened: Opened | null, offered: readonly string[]): SignInMethod | null {
  const method = opened?.signIn ?? null;
  const schemes = offered.map((scheme) => scheme.toLowerCase());
  return method !== null && schemes.includes(method.scheme.toLowerCase()) ? method : null;
}

async function again(
  scope: Scope<Net>,
  inside: Omit<Inside, 'firstUse'> & { readonly method: SignInMethod },
  challenges: readonly Challenge[],
  { opened, objection }: Known,
  { budget }: Context,
): Promise<StepResult<Inside>> {
  const { host, method } = inside;
  const objected = await objection();
  if (objected !== null) return withheld(scope, objected);
  const done = (firstUse: FirstUse): StepResult<Inside> => ({
    ok: true,
    node: scope.id,
    value: { ...inside, firstUse },
  });
  if (method.scheme === 'Bearer') return done(new FirstUse(true));
  const windows = method.scheme === 'Basic' ? null : (opened?.windows ?? null);
  const marks = [`named by ${inside.acceptedBy}`];
  const permit = await budget.permit({ authority: authorityOf(host, challenges, windows), marks });
  if (permit.granted) return done(new FirstUse(permit.isProven, permit.settle));
  const what = `Signing in to ${host}`;
  return withheld(scope, draft('tool.not-tested', { what, reason: 'the password was refused there before' }));
}

function withheld(scope: Scope<Net>, why: FindingDraft): StepResult<never> {
  scope.found(why);
  return { ok: false, node: scope.id, state: 'skipped', codes: [why.code] };
}

async function signIn(
  scope: Scope<Net>,
  entrance: Entrance,
  {
    challenges,
    ...inside
  }: Omit<Inside, 'firstUse' | 'method' | 'acceptedBy'> & { readonly challenges: readonly Challenge[] },
  { opened, isPlanned, objection }: Known,
  context: Context,
): Promise<StepResult<Inside>> {
  if (!isPlanned) scope.plan(planSignIn(entrance, context.signInWith));
  const marks = [opened === null ? 'typed in by the person' : `named by Autodiscover on ${opened.host}`];
  const { session, way } = inside;
  const signed = await authenticate(
    scope,
    { ...entrance, session, way, request: proofRequest(entrance), service: 'mailbox', objection },
    { kind: 'challenge', challenges, marks },
    context,
  );
  if (!signed.ok) return signed;
  const { method, protection } = signed.value;
  await protection;
  return { ...signed, value: { ...inside, method, acceptedBy: inside.host, firstUse: new FirstUse(true) } };
}
