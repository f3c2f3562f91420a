/**
 * Begins a sign-in with NTLM or Negotiate and leaves it at that: no name and no password is involved. It shows the server's challenge,
 * and whether the way to the server keeps together what belongs to one connection. [MS-NTHT] 3.1.5, RFC 4178 4.2
 */
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer, HttpRequest } from '#lib/net/http-message.ts';
import { WireError } from '#lib/wire/error.ts';
import type { Challenge } from '#lib/wire/ntlm/challenge.ts';
import { SIGN_IN_FLAGS } from '#lib/wire/ntlm/flags.ts';
import { encodeNegotiate } from '#lib/wire/ntlm/negotiate.ts';
import { mechanismOids } from '#lib/wire/spnego/mechanisms.ts';
import { decodeNegotiationToken, encodeNegTokenInit, encodeNegTokenResp, isSpnego } from '#lib/wire/spnego/token.ts';
import { negotiateClient } from './negotiate.ts';
import { Secret } from './secret.ts';
import type { Way } from './signed-request.ts';
import {
  isNetFailure,
  type Legs,
  sendLeg,
  tokenIn,
  unlessClosed,
  type WindowsObstacle,
  type WindowsScheme,
  withoutBody,
} from './windows-sign-in.ts';

/** How NTLM goes with this server. */
export interface WindowsManner {
  readonly scheme: WindowsScheme;
  readonly wrapping: 'bare' | 'spnego';
}

export type Opening = { readonly manner: WindowsManner; readonly legs: Legs } & (
  | { readonly kind: 'challenge'; readonly challenge: Challenge }
  | { readonly kind: 'obstacle'; readonly obstacle: WindowsObstacle }
  /** No challenge, and no demand to sign in either. */
  | { readonly kind: 'answered'; readonly answer: HttpAnswer }
);

/** In the order in which they are tried. Bare NTLM under Negotiate is what Windows itself sends. */
function mannersFor(offered: readonly WindowsScheme[]): readonly [WindowsManner, WindowsManner?] {
  if (offered.includes('NTLM')) return [{ scheme: 'NTLM', wrapping: 'bare' }];
  return [
    { scheme: 'Negotiate', wrapping: 'bare' },
    { scheme: 'Negotiate', wrapping: 'spnego' },
  ];
}

/**
 * Asks for the challenge, in one manner after the other until the server answers.
 * @param offered not empty
 * @throws NetFailure
 */
export async function openWindows(
  net: Net,
  way: Way,
  offered: readonly WindowsScheme[],
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Opening> {
  const [first, second] = mannersFor(offered);
  const opening = await openIn(net, way, first, request, signal);
  const isUnheard = opening.kind === 'obstacle' && opening.obstacle.kind === 'no-challenge';
  if (second === undefined || !isUnheard) return opening;
  const again = await openIn(net, way, second, request, signal);
  return { ...again, legs: [...opening.legs, ...again.legs] };
}

async function openIn(
  net: Net,
  { session, accept }: Way,
  manner: WindowsManner,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Opening> {
  const talk = net.talk(await net.again(session, accept, signal));
  // Nobody's: its answer to the challenge is made to see whether there can be one, and is never sent.
  const client = negotiateClient({
    ...{ user: '', domain: '', password: Secret.of(''), target: null, channelBinding: { kind: 'none' } },
    wrapping: manner.wrapping,
  });
  try {
    const answer = await sendLeg(talk, withoutBody(request), { scheme: manner.scheme, token: client.begin() }, signal);
    const seen = { manner, legs: [answer.evidence] };
    const said = tokenIn(answer);
    const stopped = (obstacle: WindowsObstacle): Opening => ({ ...seen, kind: 'obstacle', obstacle });
    if (said instanceof WireError) return stopped({ kind: 'malformed', error: said });
    if (said === null)
      return answer.status === 401 ? stopped({ kind: 'no-challenge' }) : { ...seen, kind: 'answered', answer };
    const step = client.next(said);
    if (step.kind === 'obstacle' && step.obstacle.kind !== 'rejected') return stopped(step.obstacle);
    if (step.kind !== 'send' || step.challenge === null) return { ...seen, kind: 'answered', answer };
    if (talk.isLast || !talk.isOpen) return stopped({ kind: 'closed' });
    return { ...seen, kind: 'challenge', challenge: step.challenge };
  } finally {
    client.forget();
    await talk.close();
  }
}

/** `unknown`: the server takes no part in it. */
export type Affinity = 'kept' | 'lost' | 'unknown';

interface Looked {
  readonly affinity: Affinity;
  readonly legs: Legs;
}

/**
 * Whether two requests over one connection reach the same place: the method is agreed upon in the first, and the second begins it. A server
 * that has not seen the first cannot make sense of the second. It is asked beside a refusal, and whatever breaks here must not hide that:
 * servers close themselves to whoever was refused.
 */
export async function affinityOf(net: Net, way: Way, request: HttpRequest, signal: AbortSignal): Promise<Looked> {
  try {
    return await lookAtAffinity(net, way, request, signal);
  } catch (error) {
    if (isNetFailure(error)) return { affinity: 'unknown', legs: error.evidence };
    throw error;
  }
}

async function lookAtAffinity(
  net: Net,
  { session, accept }: Way,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Looked> {
  const talk = net.talk(await net.again(session, accept, signal));
  const scheme = 'Negotiate';
  try {
    const agreed = await sendLeg(talk, withoutBody(request), { scheme, token: PROPOSAL }, signal);
    if (!agreesToNtlm(tokenIn(agreed))) return { affinity: 'unknown', legs: [agreed.evidence] };
    const begun = await unlessClosed(sendLeg(talk, withoutBody(request), { scheme, token: BEGINNING }, signal));
    const legs = [agreed.evidence, ...[begun.evidence].flat()];
    const isKept = !('closed' in begun) && tokenIn(begun) !== null;
    return { affinity: isKept ? 'kept' : 'lost', legs };
  } finally {
    await talk.close();
  }
}

/** NTLM, and nothing of it yet. */
const PROPOSAL = encodeNegTokenInit({ mechTypes: [mechanismOids.ntlmssp], mechToken: null, mechListMic: null });

const BEGINNING = encodeNegTokenResp({
  negState: 'accept-incomplete',
  supportedMech: null,
  responseToken: encodeNegotiate(SIGN_IN_FLAGS),
  mechListMic: null,
});

function agreesToNtlm(token: ReturnType<typeof tokenIn>): boolean {
  if (token === null || token instanceof WireError || !isSpnego(token)) return false;
  try {
    const read = decodeNegotiationToken(token);
    return (
      read.kind === 'response' &&
      read.negState !== 'reject' &&
      read.supportedMech === mechanismOids.ntlmssp &&
      read.responseToken === null
    );
  } catch (error) {
    if (error instanceof WireError) return false;
    throw error;
  }
}
