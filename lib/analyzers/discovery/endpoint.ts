/** Autodiscover at one host: reach it, see what it asks for, sign in if it belongs to a mail system, read the settings. */
import type { SignInMethod, Way } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpRequest } from '#lib/net/http-message.ts';
import { autodiscoverChallenge, type ChallengeResult } from '#lib/probes/autodiscover-challenge.ts';
import { autodiscoverSettings, type SettingsOrSignpost } from '#lib/probes/autodiscover-settings.ts';
import type { Signpost } from '#lib/probes/judging/destination.ts';
import { hostIn } from '#lib/probes/judging/destination.ts';
import { poxRequest } from '#lib/probes/judging/pox-request.ts';
import type { Trail } from '#lib/probes/judging/trail.ts';
import type { VettedSession } from '#lib/probes/vetted.ts';
import type { WindowsAnswer } from '#lib/probes/windows-challenge.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { authenticate, NOT_LOOKED_AT, noSignIn, planSignIn, type SignedIn } from '../authenticate.ts';
import { documentFor, type MethodId } from '../clients/facts.ts';
import { methodNames } from '../clients/words.ts';
import { outlookAsker } from '../clients.ts';
import type { Asking } from '../context.ts';
import { acceptsAgain, planHost, reachHost } from '../host.ts';
import { planStep } from '../plan.ts';
import { otherFormats, planFormats } from './formats.ts';
import type { MethodNotes } from './notes.ts';
import type { Search } from './search.ts';

/** Where Autodiscover is asked. */
export interface Place extends Subject {
  readonly path: string;
  readonly trail: Trail;
}

/** How an endpoint that gave settings can be asked for more. */
export interface Opened extends Subject {
  readonly method: MethodId;
  readonly mailbox: string;
  readonly session: VettedSession;
  readonly way: Way;
  /** Null where no sign-in was asked for. */
  readonly signIn: SignInMethod | null;
  /** How Windows sign-in goes here; null where it does not. */
  readonly windows: WindowsAnswer;
  /** Whether the settings that it gave offer MAPI over HTTP. */
  readonly offersMapi: boolean;
}

/** What came of it: settings, or a signpost to somewhere else. */
export type Arrived =
  | { readonly kind: 'settings'; readonly opened: Opened }
  | { readonly kind: 'onward'; readonly signpost: Signpost; readonly trail: Trail };

/** The plan of one endpoint. */
export function planEndpoint(subject: Subject, { client, signInWith }: Asking): PlannedNode[] {
  return [
    ...planHost(subject),
    planStep(autodiscoverChallenge, subject, 'challenge'),
    ...planSignIn(subject, signInWith),
    planStep(autodiscoverSettings, subject, 'settings'),
    planFormats(subject, outlookAsker(client)),
  ];
}

/** Runs it. Ends with the settings or a signpost, or at the first step that stops it. */
export async function endpoint(
  scope: Scope<Net>,
  place: Place,
  search: Search,
  notes: MethodNotes,
): Promise<StepResult<Arrived>> {
  const { context, mailbox } = search;
  const session = await reachHost(scope, place, search.ground.contextFor(place.host, context));
  if (!session.ok) return session;
  notes.host = place.host;
  const request = poxRequest(mailbox, { path: place.path, asker: notes.asker });
  const asked = {
    ...place,
    mailbox,
    foundBy: methodNames[notes.method],
    request,
    session: session.value,
    now: context.now,
  };
  const challenge = await scope.step(autodiscoverChallenge, asked, 'challenge');
  const here = { ...asked, way: { session: session.value, accept: acceptsAgain(place, context) } };
  const settled = Promise.withResolvers<StepResult<Opened>>();
  const others = askOtherwise(scope, here, challenge, { notes, opened: settled.promise });
  const around = { search, notes, opened: settled.resolve };
  const arrived = challenge.ok ? await arrive(scope, here, challenge.value, around) : challenge;
  settled.resolve(openedBy(arrived));
  await others;
  return arrived;
}

/** Who merely passes clients on from one to the next is not asked in every form: only the first on the way is. */
function askOtherwise(
  scope: Scope<Net>,
  here: Here,
  challenge: StepResult<ChallengeResult>,
  { notes, opened }: { notes: MethodNotes; opened: Promise<StepResult<Opened>> },
): Promise<unknown> {
  const isPassedOn = challenge.ok && challenge.value.kind === 'redirected';
  if (isPassedOn && here.trail.hops.length > 0) return Promise.resolve(scope.notNeeded('formats'));
  const expected = challenge.ok && isMailSystem(challenge.value);
  const input = { ...here, expected, opened };
  return scope.group('formats', (group) => otherFormats(group, input, notes), 'aside');
}

/** Who sent clients here last; nobody did where a way begins. */
function senderOf({ hops }: Trail): string | undefined {
  const from = hops.at(-1)?.from;
  return from === undefined ? undefined : hostIn(from);
}

/** Whoever has no mark of one owes nobody the newer forms. */
const isMailSystem = (challenge: ChallengeResult): boolean =>
  challenge.kind === 'answered' || (challenge.kind === 'challenge' && challenge.marks.length > 0);

/** A signpost opens nothing: whoever sends clients on is not asked for more. */
function openedBy(arrived: StepResult<Arrived>): StepResult<Opened> {
  if (!arrived.ok) return arrived;
  const { value, node } = arrived;
  return value.kind === 'settings'
    ? { ok: true, node, value: value.opened }
    : { ok: false, node, state: 'not-needed', codes: [] };
}

/** An endpoint that answers for itself. */
type Looked = Exclude<ChallengeResult, { readonly kind: 'redirected' }>;

interface Here extends Place {
  readonly mailbox: string;
  readonly foundBy: string;
  readonly request: HttpRequest;
  readonly session: VettedSession;
  readonly way: Way;
}

/** @param opened hears of the settings as soon as they are read: Extended Protection may still be looked at */
async function arrive(
  scope: Scope<Net>,
  here: Here,
  challenge: ChallengeResult,
  {
    search,
    notes,
    opened,
  }: {
    readonly search: Search;
    readonly notes: MethodNotes;
    readonly opened: (result: StepResult<Opened>) => void;
  },
): Promise<StepResult<Arrived>> {
  if (challenge.kind === 'redirected') {
    noSignIn(scope, search.context.signInWith);
    scope.notNeeded('settings');
    return onward(scope.id, challenge.signpost, here.trail);
  }
  const signed = await letIn(scope, here, challenge, { search, notes });
  if (!signed.ok) return signed;
  const { answer, method, windows, protection } = signed.value;
  const given = { ...here, answer, signedIn: method !== null, asker: notes.asker };
  const read = await scope.step(autodiscoverSettings, given, 'settings');
  const arrived = read.ok ? toArrived(read.node, read.value, here, { signIn: method, windows, notes }) : read;
  opened(openedBy(arrived));
  notes.channelBindingRequired = (await protection) === 'required';
  return arrived;
}

function toArrived(
  node: string,
  read: SettingsOrSignpost,
  { host, port, mailbox, session, way, trail }: Here,
  { signIn, windows, notes }: { signIn: SignInMethod | null; windows: WindowsAnswer; notes: MethodNotes },
): StepResult<Arrived> {
  if (read.kind === 'onward') return onward(node, read.signpost, trail);
  notes.documents[documentFor[notes.asker]] = read.document;
  const offersMapi = read.document.offers.some(({ protocol }) => protocol === 'mapiHttp');
  return {
    ok: true,
    node,
    value: {
      kind: 'settings',
      opened: { method: notes.method, host, port, mailbox, session, way, signIn, windows, offersMapi },
    },
  };
}

const onward = (node: string, signpost: Signpost, trail: Trail): StepResult<Arrived> => ({
  ok: true,
  node,
  value: { kind: 'onward', signpost, trail },
});

/** The answer to whoever is let in, by a sign-in where one is asked for. */
function letIn(
  scope: Scope<Net>,
  here: Here,
  challenge: Looked,
  { search, notes }: { readonly search: Search; readonly notes: MethodNotes },
): StepResult<SignedIn> | Promise<StepResult<SignedIn>> {
  if (challenge.kind === 'answered') {
    noSignIn(scope, search.context.signInWith);
    return {
      ok: true,
      node: scope.id,
      value: { answer: challenge.answer, method: null, windows: null, protection: NOT_LOOKED_AT },
    };
  }
  notes.signIn = [...new Set(challenge.challenges.map(({ scheme }) => scheme.toLowerCase()))];
  const objection = () => search.ground.objectionTo(scope, here.host, search, senderOf(here.trail));
  return authenticate(scope, { ...here, objection }, challenge, search.context);
}
