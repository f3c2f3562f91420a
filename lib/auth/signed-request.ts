/** Sends a request with what a sign-in method adds to it, over a fresh connection with the certificate that was judged. */
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer, HttpRequest } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import type { BindingChoice } from './ntlm/binding-choice.ts';
import type { Secret } from './secret.ts';
import { SignedTalk } from './signed-talk.ts';
import type { Legs, WindowsObstacle, WindowsScheme } from './windows-sign-in.ts';

/** How a client signs in, with all that it needs for it. */
export type SignInMethod = PasswordMethod | TokenMethod;

export type PasswordMethod = BasicMethod | WindowsMethod;

export interface BasicMethod {
  readonly scheme: 'Basic';
  readonly user: string;
  readonly password: Secret;
}

export interface TokenMethod {
  readonly scheme: 'Bearer';
  readonly token: Secret;
}

export interface WindowsMethod {
  readonly scheme: WindowsScheme;
  readonly wrapping: 'bare' | 'spnego';
  readonly user: string;
  readonly password: Secret;
  readonly binding: BindingChoice;
  /** Hears how proofs and keys may be spelled, so that they are hidden wherever a server repeats them. */
  readonly hide: (spellings: readonly string[]) => void;
}

/** Where a signed request goes. */
export interface Way {
  /** The session whose certificate was judged; it may be used up. */
  readonly session: TlsSession;
  /** Judges another certificate, should the host show one on the new connection. */
  readonly accept: (session: TlsSession) => boolean;
}

/** What came of it, whatever the number of legs. `last`: the latest answer before what stopped it. */
export type SignInSeen =
  | { readonly kind: 'answered'; readonly answer: HttpAnswer; readonly legs: Legs }
  | { readonly kind: 'obstacle'; readonly obstacle: WindowsObstacle; readonly last: HttpAnswer; readonly legs: Legs };

/**
 * Sends one request, and tells what stopped it.
 * @param method null where nobody has to sign in
 * @throws NetFailure
 */
export async function signInWith(
  net: Net,
  way: Way,
  method: SignInMethod | null,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<SignInSeen> {
  const talk = new SignedTalk(net, way, method);
  try {
    return await talk.send(request, signal);
  } finally {
    await talk.close();
  }
}

/**
 * Sends one request of somebody who was let in before, or needs no leave.
 * @returns the answer; where the sign-in did not come to its end, the last one there was
 * @throws NetFailure
 */
export async function signedRequest(
  net: Net,
  way: Way,
  method: SignInMethod | null,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const seen = await signInWith(net, way, method, request, signal);
  return seen.kind === 'answered' ? seen.answer : seen.last;
}
