/**
 * Several requests of somebody who signs in, one after the other over one connection for as long as it lasts. NTLM and Negotiate
 * authenticate the connection, so their sign-in is made once for each; the other methods come with every request. RFC 4559 6
 */
import type { Net } from '#lib/net/door.ts';
import type { HttpRequest } from '#lib/net/http-message.ts';
import type { Talk } from '#lib/net/talk.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { basicAuthorization } from './basic.ts';
import { bearerAuthorization } from './bearer/token.ts';
import { type NegotiateClient, negotiateClient } from './negotiate.ts';
import { bindingFor } from './ntlm/binding-choice.ts';
import { ntlmIdentity } from './ntlm/identity.ts';
import type { BasicMethod, SignInMethod, SignInSeen, TokenMethod, Way, WindowsMethod } from './signed-request.ts';
import { isNetFailure, windowsSignIn } from './windows-sign-in.ts';

interface Line {
  readonly talk: Talk;
  readonly session: TlsSession;
  /** Whether the connection itself is signed in. */
  isIn: boolean;
}

export class SignedTalk {
  readonly #net: Net;
  readonly #way: Way;
  readonly #method: SignInMethod | null;
  #line: Line | null = null;
  #opened = 0;
  /** The first time that the credential was refused: it is not shown again. */
  #refused: SignInSeen | null = null;

  /** @param method null where nobody has to sign in */
  constructor(net: Net, way: Way, method: SignInMethod | null) {
    this.#net = net;
    this.#way = way;
    this.#method = method;
  }

  /** How many connections it took so far. */
  get connections(): number {
    return this.#opened;
  }

  /**
   * Sends a request, with whatever the sign-in needs before it. A connection that the server has closed meanwhile is replaced by another
   * one, once. After a refusal nothing is sent any more: that answer is the answer to whatever comes later.
   * @throws NetFailure
   */
  async send(request: HttpRequest, signal: AbortSignal): Promise<SignInSeen> {
    if (this.#refused !== null) return this.#refused;
    const seen = await this.#send(request, signal);
    if (this.#method !== null && seen.kind === 'answered' && seen.answer.status === 401) this.#refused = seen;
    return seen;
  }

  /** Closes the connection. */
  async close(): Promise<void> {
    await this.#line?.talk.close();
    this.#line = null;
  }

  async #send(request: HttpRequest, signal: AbortSignal): Promise<SignInSeen> {
    const line = this.#usable();
    if (line === null) return this.#over(await this.#open(signal), request, signal);
    try {
      return await this.#over(line, request, signal);
    } catch (error) {
      if (!isNetFailure(error) || error.code !== 'closed-between-requests') throw error;
      return this.#over(await this.#open(signal), request, signal);
    }
  }

  #usable(): Line | null {
    return this.#line?.talk.isOpen && !this.#line.talk.isLast ? this.#line : null;
  }

  async #open(signal: AbortSignal): Promise<Line> {
    await this.close();
    const session = await this.#net.again(this.#way.session, this.#way.accept, signal);
    this.#opened += 1;
    this.#line = { talk: this.#net.talk(session), session, isIn: false };
    return this.#line;
  }

  async #over(line: Line, request: HttpRequest, signal: AbortSignal): Promise<SignInSeen> {
    const method = this.#method;
    if (method !== null && isWindows(method)) return byWindows(line, method, request, signal);
    const own = method === null ? [] : [['Authorization', authorization(method)] as const];
    const answer = await line.talk.send({ ...request, headers: [...request.headers, ...own] }, signal);
    return { kind: 'answered', answer, legs: [answer.evidence] };
  }
}

export const isWindows = (method: SignInMethod): method is WindowsMethod =>
  method.scheme === 'NTLM' || method.scheme === 'Negotiate';

/** What says with every request who sends it. */
export function authorization(method: BasicMethod | TokenMethod): string {
  return method.scheme === 'Basic'
    ? basicAuthorization(method.user, method.password)
    : bearerAuthorization(method.token);
}

async function byWindows(
  line: Line,
  method: WindowsMethod,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<SignInSeen> {
  if (line.isIn) {
    const answer = await line.talk.send(request, signal);
    // Some servers want every request signed in, and say so.
    if (answer.status !== 401 || !line.talk.isOpen || line.talk.isLast)
      return { kind: 'answered', answer, legs: [answer.evidence] };
  }
  const client = windowsClient(method, line.session);
  try {
    const seen = await windowsSignIn(line.talk, method.scheme, client, request, signal);
    line.isIn = seen.kind === 'answered' && seen.answer.status !== 401;
    return seen;
  } finally {
    client.forget();
  }
}

/** The client's side of a sign-in over this connection. */
export function windowsClient(
  { wrapping, user, password, binding, hide }: WindowsMethod,
  session: TlsSession,
): NegotiateClient {
  return negotiateClient({
    ...ntlmIdentity(user),
    password,
    wrapping,
    target: `HTTP/${session.dialed.host}`,
    channelBinding: bindingFor(session, binding),
    onSecrets: hide,
  });
}
