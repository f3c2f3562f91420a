/** What a test has to be given beside its request, so that it can sign in: what is wrong with it, and what is missing. */
import type { Confidences } from '#lib/auth/secret.ts';
import { isMailboxTest, type MailboxTest } from './mailbox-request.ts';
import type { FieldError, Values } from './request.ts';

type Given = Pick<Confidences, 'password' | 'token'>;

/** The objections to what came with a form or a command. Other tests than those of a mailbox sign in nowhere. */
export function confidenceErrors(analyzer: string, values: Values, given: Given): FieldError[] {
  if (!isMailboxTest(analyzer)) return [];
  return [...passwordErrors(analyzer, values, given), ...tokenErrors(values, given)];
}

const wrong = (field: string, message: string): FieldError[] => [{ field, message }];

function passwordErrors(analyzer: MailboxTest, values: Values, { password }: Given): FieldError[] {
  if (password?.isTooLong)
    return wrong('password', 'The password is longer than the 256 characters that Windows allows.');
  if (password?.hasControlCharacter)
    return wrong(
      'password',
      'The password holds a control character, such as a line break, which no sign-in can carry.',
    );
  const otherwise = (values.signInWith || 'password') !== 'password' || (values.clientCertificate ?? '') !== '';
  // Autodiscover alone can be looked at from outside, as far as the challenges.
  if (password !== null || otherwise || analyzer === 'autodiscover') return [];
  return wrong('password', 'The password is missing.');
}

function tokenErrors({ signInWith }: Values, { token }: Given): FieldError[] {
  if (signInWith !== 'token')
    return token === null ? [] : wrong('token', 'There is an access token, but another way to sign in is chosen.');
  if (token === null) return wrong('token', 'The access token is missing.');
  if (token.isTooLongToken) return wrong('token', 'The access token is longer than 16 KiB.');
  return token.looksLikeToken ? [] : wrong('token', 'This is no access token: it holds characters that none has.');
}
