/**
 * Extended Protection: signs in with the channel binding that fits, without one, and with one that does not, and sees what is let in. Only
 * for a password that has proven right: each refusal is one on purpose. [MS-NLMP] 2.2.2.1, RFC 5929
 */

import { type BindingChoice, bindingFor } from '#lib/auth/ntlm/binding-choice.ts';
import {
  type PasswordMethod,
  type SignInSeen,
  signInWith,
  type Way,
  type WindowsMethod,
} from '#lib/auth/signed-request.ts';
import { type Affinity, affinityOf } from '#lib/auth/windows-opening.ts';
import type { Net } from '#lib/net/door.ts';
import { NetFailure } from '#lib/net/failure.ts';
import type { HttpRequest } from '#lib/net/http-message.ts';
import type { Evidence, ExtendedProtectionEvidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { broken, obstacleFinding, SPREAD } from './judging/windows-obstacle.ts';

export interface ChannelBindingInput extends Subject {
  readonly way: Way;
  readonly request: HttpRequest;
  /** With the right binding. */
  readonly method: WindowsMethod;
  /** The method by which the password has proven right: this one, or Basic. */
  readonly provenBy: PasswordMethod['scheme'];
  /** Where it has: this very place, or another in words. */
  readonly provenAt: 'here' | (string & {});
  readonly offersNegotiate: boolean;
  /** Whether the client in question binds its sign-ins. */
  readonly binds: boolean;
}

interface Attempt {
  readonly binding: BindingChoice;
  /** `broken-off`: the network failed in between; the sign-in that counts has been made before, and stays good. */
  readonly seen: SignInSeen | { readonly kind: 'broken-off'; readonly legs: readonly Evidence[] };
}

interface Seen {
  readonly attempts: readonly Attempt[];
  /** Looked at only where the right binding was refused. */
  readonly affinity: Affinity;
  readonly legs: readonly Evidence[];
}

export type ProtectionMode = ExtendedProtectionEvidence['mode'];

export interface Protection {
  readonly mode: ProtectionMode;
  /** How many of the sign-ins were refused. */
  readonly refusals: number;
}

/** The wrong binding is tried only where none at all was let in. */
export const MOST_REFUSALS = 2;

export const channelBinding: Probe<Net, ChannelBindingInput, Seen, Protection> = {
  id: 'channel-binding',
  titles: {
    planned: ({ host }) => title('channel-binding.planned', { host }),
    failed: ({ host }) => title('channel-binding.failed', { host }),
  },
  emits: [
    'auth.channel-binding-broken',
    'auth.channel-binding-required',
    'auth.inconsistent',
    'auth.kerberos-only',
    'auth.malformed-challenge',
    'auth.ntlm-broken-by-proxy',
    'auth.ntlm-too-old',
  ],
  observe: tryAll,
  judge: (seen, input) => {
    const { host } = input;
    const { mode, findings } = conclude(seen, input);
    return {
      ok: true,
      value: { mode, refusals: seen.attempts.filter((attempt) => !isLetIn(attempt)).length },
      title: title(TITLES[mode], { host, path: placeOf(input) }),
      findings,
      evidence: [{ kind: 'extended-protection', body: drawn(seen, mode, input) }, ...seen.legs],
    };
  },
};

/** The sign-in that proved the password was one with the right binding, at this place. */
const isRightProven = ({ provenBy, provenAt }: ChannelBindingInput): boolean =>
  provenBy !== 'Basic' && provenAt === 'here';

/** What a query says is the mailbox's own matter. */
const placeOf = ({ request }: ChannelBindingInput): string => request.path.split('?')[0] ?? '/';

const TITLES = {
  off: 'channel-binding.off',
  accepted: 'channel-binding.accepted',
  required: 'channel-binding.required',
  broken: 'channel-binding.broken',
  unknown: 'channel-binding.unknown',
} as const;

async function tryAll(net: Net, input: ChannelBindingInput, signal: AbortSignal): Promise<Seen> {
  const { way, request, method, offersNegotiate } = input;
  const attempt = async (binding: BindingChoice): Promise<Attempt> => {
    const sent = signInWith(net, way, { ...method, binding }, request, signal);
    return { binding, seen: await sent.catch(brokenOff) };
  };
  const attempts: Attempt[] = [];
  // To a certificate of a kind that no binding is defined for there is nothing to be bound.
  if (bindingFor(way.session, 'right').kind !== 'right') return { attempts, affinity: 'unknown', legs: [] };
  const [right, none] = await Promise.all([isRightProven(input) ? undefined : attempt('right'), attempt('none')]);
  attempts.push(...(right === undefined ? [] : [right]), none);
  if (right !== undefined && right.seen.kind !== 'answered')
    return { attempts, affinity: 'unknown', legs: attempts.flatMap(({ seen }) => seen.legs) };
  const isRightRefused = right !== undefined && !isLetIn(right);
  if (isLetIn(none) && !isRightRefused) attempts.push(await attempt('wrong'));
  const looked =
    isRightRefused && offersNegotiate
      ? await affinityOf(net, way, request, signal)
      : { affinity: 'unknown' as const, legs: [] };
  return { attempts, affinity: looked.affinity, legs: [...attempts.flatMap(({ seen }) => seen.legs), ...looked.legs] };
}

function brokenOff(error: unknown): Attempt['seen'] {
  if (error instanceof NetFailure) return { kind: 'broken-off', legs: error.evidence };
  throw error;
}

/** Whoever got past the sign-in, whatever was then said. */
const isLetIn = ({ seen }: Attempt): boolean => seen.kind === 'answered' && seen.answer.status !== 401;

const TLS_ENDED = 'something in front of it ends TLS, and Extended Protection can never be satisfied';
const EITHER = 'Extended Protection is required behind something that ends TLS, or the account may not use NTLM';

interface Conclusion {
  readonly mode: ProtectionMode;
  readonly findings: readonly FindingDraft[];
}

function conclude(seen: Seen, input: ChannelBindingInput): Conclusion {
  const { host, method, provenBy, provenAt, binds, way } = input;
  const path = placeOf(input);
  const { scheme } = method;
  const tried = { host, path, scheme };
  if (seen.attempts.length === 0) return { mode: 'unknown', findings: [] };
  if (seen.attempts.some(({ seen: one }) => one.kind === 'broken-off')) return { mode: 'unknown', findings: [] };
  for (const { seen: one } of seen.attempts)
    if (one.kind === 'obstacle') return { mode: 'unknown', findings: [obstacleFinding(one.obstacle, tried)] };
  const letIn = (binding: BindingChoice): boolean | null => {
    const found = seen.attempts.find((attempt) => attempt.binding === binding);
    return found === undefined ? null : isLetIn(found);
  };
  const where = { host, path, method: scheme };
  const right = letIn('right') ?? true;
  const none = letIn('none') ?? false;
  if (right && none) return { mode: letIn('wrong') === true ? 'off' : 'accepted', findings: [] };
  if (right)
    return {
      mode: 'required',
      findings: [
        binds ? draft('auth.channel-binding-required', where, 'notice') : draft('auth.channel-binding-required', where),
      ],
    };
  const { fingerprint } = way.session;
  if (none)
    return {
      mode: 'broken',
      findings: [draft('auth.channel-binding-broken', { ...where, fingerprint, why: TLS_ENDED })],
    };
  // Refused with a binding and without: so it is where one is required and cannot fit, and where an account may not use NTLM.
  if (seen.affinity === 'kept' && provenAt === 'here')
    return {
      mode: 'broken',
      findings: [draft('auth.channel-binding-broken', { ...where, fingerprint, why: EITHER }, 'warning')],
    };
  if (seen.affinity === 'lost')
    return {
      mode: 'unknown',
      findings: [broken(SPREAD, tried)],
    };
  const accepted = provenAt === 'here' ? `${host}${path} with ${provenBy}` : provenAt;
  const args = { accepted, refused: `${host}${path} with ${scheme}`, method: scheme };
  return { mode: 'unknown', findings: [draft('auth.inconsistent', args)] };
}

function drawn({ attempts }: Seen, mode: ProtectionMode, input: ChannelBindingInput): ExtendedProtectionEvidence {
  const { host, method, way } = input;
  const earlier = isRightProven(input) ? [{ binding: 'right' as const, outcome: 'let in' }] : [];
  const own = attempts.map((attempt) => ({
    binding: attempt.binding,
    outcome: isLetIn(attempt) ? 'let in' : 'refused',
  }));
  const fingerprint = way.session.fingerprint;
  return { host, path: placeOf(input), method: method.scheme, mode, attempts: [...earlier, ...own], fingerprint };
}
