/**
 * Signs in with NTLM or Negotiate over one connection, leg by leg. Whatever comes back is a value: which leg stopped it is what a
 * diagnosis begins with. [MS-NTHT] 3.1.5, RFC 4559 4
 */
import type { NetFailure } from '#lib/net/failure.ts';
import type { HttpAnswer, HttpRequest } from '#lib/net/http-message.ts';
import type { Talk } from '#lib/net/talk.ts';
import { decodeBase64, encodeBase64 } from '#lib/wire/base64.ts';
import { WireError } from '#lib/wire/error.ts';
import type { Challenge } from '#lib/wire/ntlm/challenge.ts';
import type { NegotiateClient, NegotiateObstacle } from './negotiate.ts';

export type WindowsScheme = 'NTLM' | 'Negotiate';

/** That somebody is refused is the server's word, and no obstacle: some say so in a token as well. */
export type WindowsObstacle =
  | Exclude<NegotiateObstacle, { readonly kind: 'rejected' }>
  /** The server answered the first token without one of its own. */
  | { readonly kind: 'no-challenge' }
  /** The connection ended before the sign-in did. */
  | { readonly kind: 'closed' };

export type WindowsSeen =
  /** The server's word on the request itself; a 401 is a refusal. `challenge`: what was answered, null where nothing had to be. */
  | {
      readonly kind: 'answered';
      readonly answer: HttpAnswer;
      readonly challenge: Challenge | null;
      readonly legs: Legs;
    }
  /** `last`: the latest answer before it. */
  | { readonly kind: 'obstacle'; readonly obstacle: WindowsObstacle; readonly last: HttpAnswer; readonly legs: Legs };

/** The exchanges, in their order. */
export type Legs = readonly HttpAnswer['evidence'][];

/** Type 1, type 3, and what SPNEGO may add. */
const MOST_LEGS = 5;

/**
 * Signs in, and sends the request with it.
 * @throws NetFailure
 */
export async function windowsSignIn(
  talk: Talk,
  scheme: WindowsScheme,
  client: NegotiateClient,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<WindowsSeen> {
  const legs: HttpAnswer['evidence'][] = [];
  const opening = { scheme, token: client.begin() };
  let last = await sendLeg(talk, withoutBody(request), opening, signal);
  legs.push(last.evidence);
  let challenge: Challenge | null = null;
  for (let leg = 0; leg < MOST_LEGS; leg++) {
    const stopped = (obstacle: WindowsObstacle): WindowsSeen => ({ kind: 'obstacle', obstacle, last, legs });
    const said = tokenIn(last);
    if (said === null && leg === 0 && last.status === 401) return stopped({ kind: 'no-challenge' });
    if (said === null) return { kind: 'answered', answer: last, challenge, legs };
    if (said instanceof WireError) return stopped({ kind: 'malformed', error: said });
    const step = client.next(said);
    if (step.kind === 'obstacle' && step.obstacle.kind !== 'rejected') return stopped(step.obstacle);
    if (step.kind !== 'send' || last.status !== 401) return { kind: 'answered', answer: last, challenge, legs };
    if (talk.isLast || !talk.isOpen) return stopped({ kind: 'closed' });
    challenge = step.challenge ?? challenge;
    const next = await unlessClosed(sendLeg(talk, request, { scheme, token: step.token }, signal));
    legs.push(...[next.evidence].flat());
    if ('closed' in next) return stopped({ kind: 'closed' });
    last = next;
  }
  return { kind: 'obstacle', obstacle: { kind: 'out-of-step', how: 'challenged-again' }, last, legs };
}

/** Sends one leg. @throws NetFailure */
export function sendLeg(
  talk: Pick<Talk, 'send'>,
  request: HttpRequest,
  { scheme, token }: { readonly scheme: WindowsScheme; readonly token: Uint8Array },
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const headers = [...request.headers, ['Authorization', `${scheme} ${encodeBase64(token)}`] as const];
  return talk.send({ ...request, headers }, signal);
}

/** That a connection ends between two legs is part of what is to be seen; every other failure is thrown. */
export async function unlessClosed(
  sent: Promise<HttpAnswer>,
): Promise<HttpAnswer | { readonly closed: true; readonly evidence: Legs }> {
  try {
    return await sent;
  } catch (error) {
    if (!isClosedBetween(error)) throw error;
    return { closed: true, evidence: error.evidence };
  }
}

const isClosedBetween = (error: unknown): error is NetFailure =>
  isNetFailure(error) && error.code === 'closed-between-requests';

/** By its name: of the door, only the types are known here. */
export function isNetFailure(error: unknown): error is NetFailure {
  return error instanceof Error && error.name === 'NetFailure';
}

/** The first leg carries no document: it will be refused anyway. */
export function withoutBody(request: HttpRequest): HttpRequest {
  return { ...request, body: '' };
}

/**
 * The server's token, under either name: some answer NTLM as Negotiate. Null where the header has none. Read from the whole line: a
 * token may be longer than any other challenge.
 */
export function tokenIn({ headers }: HttpAnswer): Uint8Array | WireError | null {
  for (const [name, value] of headers) {
    const written = /^www-authenticate$/i.test(name)
      ? /^\s*(?:NTLM|Negotiate)[ \t]+(\S.*)$/is.exec(value)?.[1]
      : undefined;
    if (written === undefined) continue;
    try {
      return decodeBase64(written.trim(), { path: 'www-authenticate', offset: 0 });
    } catch (error) {
      if (error instanceof WireError) return error;
      throw error;
    }
  }
  return null;
}
