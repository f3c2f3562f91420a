/**
 * A request whose body is a stream, by somebody who signs in. What goes before it in a sign-in of several legs is sent over the same
 * connection; whether the last leg is taken shows in the answer to the stream itself. [MS-RPCH] 2.1.2.1, [MS-NTHT] 3.1.5
 */
import type { Duplex, Exchange } from '#lib/net/duplex.ts';
import type { HttpAnswer, HttpRequest } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { encodeBase64 } from '#lib/wire/base64.ts';
import { WireError } from '#lib/wire/error.ts';
import type { SignInMethod, WindowsMethod } from './signed-request.ts';
import { authorization, isWindows, windowsClient } from './signed-talk.ts';
import { type Legs, sendLeg, tokenIn, type WindowsObstacle } from './windows-sign-in.ts';

/** `legs`: the exchanges before the stream. `isProven`: whether anything made of the password was sent. */
export type StreamBegun = { readonly legs: Legs; readonly isProven: boolean } & (
  | { readonly kind: 'begun'; readonly exchange: Exchange }
  /** The server gave its answer before the stream could begin. */
  | { readonly kind: 'answered'; readonly answer: HttpAnswer }
  | { readonly kind: 'obstacle'; readonly obstacle: WindowsObstacle; readonly last: HttpAnswer }
);

/**
 * Sends the head of the request and the first bytes of its body, with whatever a sign-in needs before it.
 * @param duplex over this session
 * @param method null where nobody has to sign in
 * @throws NetFailure
 */
export async function beginSigned(
  duplex: Duplex,
  session: TlsSession,
  method: SignInMethod | null,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<StreamBegun> {
  if (method !== null && isWindows(method)) return byWindows(duplex, session, method, request, signal);
  const signed = method === null ? request : withAuthorization(request, authorization(method));
  const exchange = await duplex.begin(signed, signal);
  return { kind: 'begun', exchange, legs: [], isProven: method !== null };
}

async function byWindows(
  duplex: Duplex,
  session: TlsSession,
  method: WindowsMethod,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<StreamBegun> {
  const client = windowsClient(method, session);
  const { scheme } = method;
  try {
    const last = await sendLeg(duplex, empty(request), { scheme, token: client.begin() }, signal);
    const seen = { legs: [last.evidence], isProven: false };
    const stopped = (obstacle: WindowsObstacle): StreamBegun => ({ ...seen, kind: 'obstacle', obstacle, last });
    const said = tokenIn(last);
    if (said === null && last.status === 401) return stopped({ kind: 'no-challenge' });
    if (said instanceof WireError) return stopped({ kind: 'malformed', error: said });
    const step = said === null ? null : client.next(said);
    if (step?.kind === 'obstacle' && step.obstacle.kind !== 'rejected') return stopped(step.obstacle);
    if (step?.kind !== 'send' || last.status !== 401) return { ...seen, kind: 'answered', answer: last };
    if (duplex.isLast || !duplex.isOpen) return stopped({ kind: 'closed' });
    const signed = withAuthorization(request, `${scheme} ${encodeBase64(step.token)}`);
    const exchange = await duplex.begin(signed, signal);
    return { ...seen, kind: 'begun', exchange, isProven: true };
  } finally {
    client.forget();
  }
}

const withAuthorization = (request: HttpRequest, value: string): HttpRequest => ({
  ...request,
  headers: [...request.headers, ['Authorization', value]],
});

/** The first leg carries no body, and says so. */
function empty(request: HttpRequest): HttpRequest {
  const others = request.headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  return { ...request, headers: [...others, ['Content-Length', '0']], body: '' };
}
