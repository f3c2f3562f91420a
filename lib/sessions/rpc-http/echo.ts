/** Whether there is an RPC proxy at all, and whether it lets this account in: it sends back an empty PDU. [MS-RPCH] 2.1.2.1.5, 2.1.2.1.6 */
import type { SignInMethod, Way } from '#lib/auth/signed-request.ts';
import { beginSigned } from '#lib/auth/signed-stream.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { WireError } from '#lib/wire/error.ts';
import { type Channel, ECHO_BODY } from '#lib/wire/rts/http.ts';
import { rtsName } from '#lib/wire/rts/names.ts';
import { decodeRts } from '#lib/wire/rts/pdu.ts';
import { failureOf, type RpcFailure } from './failure.ts';
import { channelRequest, type RpcTarget } from './target.ts';

/** `legs`: all exchanges. `isProven`: whether anything made of the password was sent. */
export type Echoed = { readonly legs: readonly Evidence[]; readonly isProven: boolean } & (
  | { readonly kind: 'echoed'; readonly answer: HttpAnswer }
  /** 200 with another content: a proxy of another kind, a page, or nothing. */
  | { readonly kind: 'other'; readonly answer: HttpAnswer; readonly error: WireError | null }
  | { readonly kind: 'failed'; readonly failure: RpcFailure }
);

/**
 * Asks for an echo, over a connection of its own.
 * @param method null sends no credentials
 * @param channel the verb
 * @throws NetFailure
 */
export async function askEcho(
  net: Net,
  { session, accept }: Way,
  method: SignInMethod | null,
  target: RpcTarget,
  signal: AbortSignal,
  channel: Channel = 'in',
): Promise<Echoed> {
  const request = channelRequest(target, channel, ECHO_BODY.length, Uint8Array.from(ECHO_BODY));
  const fresh = await net.again(session, accept, signal);
  const duplex = net.duplex(fresh);
  try {
    const begun = await beginSigned(duplex, fresh, method, request, signal);
    const { legs, isProven } = begun;
    if (begun.kind === 'obstacle') {
      const { obstacle, last } = begun;
      return { legs, isProven, kind: 'failed', failure: { kind: 'sign-in', channel, obstacle, last } };
    }
    if (begun.kind === 'answered') return { isProven, ...reading(channel, begun.answer, legs) };
    const answer = await begun.exchange.answer(signal);
    return { isProven, ...reading(channel, answer, [...legs, answer.evidence]) };
  } finally {
    duplex.close();
  }
}

function reading(channel: Channel, answer: HttpAnswer, legs: readonly Evidence[]) {
  if (answer.status !== 200) return { legs, kind: 'failed', failure: failureOf(channel, answer) } as const;
  try {
    const isEcho = rtsName(decodeRts(answer.body)) === 'Echo';
    return isEcho
      ? ({ legs, kind: 'echoed', answer } as const)
      : ({ legs, kind: 'other', answer, error: null } as const);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { legs, kind: 'other', answer, error } as const;
  }
}
