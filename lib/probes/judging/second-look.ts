/** How a server answers one more request of somebody whom it has let in already. */
import type { SignInMethod, Way } from '#lib/auth/signed-request.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Subject } from '#lib/result/probe.ts';
import { offeredIn } from './offered-methods.ts';

export interface SecondLookInput extends Subject {
  readonly mailbox: string;
  /** How the host was found, in words. */
  readonly foundBy: string;
  readonly way: Way;
  /** Null where no sign-in was asked for. */
  readonly signIn: SignInMethod | null;
}

/** `absent`: in a few words, why what was asked for is not there. */
export type SecondLook =
  | { readonly kind: 'answered' }
  | { readonly kind: 'absent'; readonly answer: string }
  | { readonly kind: 'refused'; readonly finding: FindingDraft };

/** Looks at the status alone. A refusal counts only where the method by which the person came in is offered here as well. */
export function secondLook(answer: HttpAnswer, { host, signIn }: SecondLookInput): SecondLook {
  const { status, path } = answer;
  if (status >= 200 && status < 300) return { kind: 'answered' };
  // A fault of SOAP comes with this status and is a document.
  if (status === 500 && answer.body.length > 0) return { kind: 'answered' };
  if (status !== 401) return { kind: 'absent', answer: `status ${status}` };
  const isOffered = offeredIn(answer).challenges.some(
    ({ scheme }) => scheme.toLowerCase() === signIn?.scheme.toLowerCase(),
  );
  if (signIn === null || !isOffered) return { kind: 'absent', answer: 'it wants another sign-in' };
  const args = { accepted: `Autodiscover on ${host}`, refused: `${host}${path}`, method: signIn.scheme };
  return { kind: 'refused', finding: draft('auth.inconsistent', args) };
}
