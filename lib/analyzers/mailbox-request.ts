/** What all tests that begin with a mailbox are asked; `mapi-request.ts` and `rpc-request.ts` have what some are asked besides. */
import type { Args } from '#lib/result/message.ts';
import { type ClientId, clientName, isClientId, usualClient } from './clients.ts';
import { parseMailbox } from './mailbox.ts';
import type { FieldError, ParsedRequest, Values } from './request.ts';
import { errorsOf, type Field, type Fields, parseAuthority, parseHosts, parseUser } from './target.ts';

export const mailboxTests = ['outlook', 'autodiscover', 'mapi-http', 'rpc-http'] as const;
export type MailboxTest = (typeof mailboxTests)[number];

/** Whether this test takes an e-mail address, and signs in. */
export const isMailboxTest = (analyzer: string): analyzer is MailboxTest =>
  mailboxTests.some((test) => test === analyzer);

export interface AutodiscoverRequest extends MailboxRequest {
  readonly analyzer: 'autodiscover';
}

export interface MailboxRequest {
  readonly name: string;
  readonly mailbox: string;
  readonly domain: string;
  readonly user: string;
  readonly ignoreCertificateProblems: boolean;
  /** Whose order the tree has, and whose verdict the run is. */
  readonly client: ClientId;
  /** Microsoft 365 may be asked for the address, whatever its domain. */
  readonly askMicrosoft: boolean;
  /** Hosts outside the domain that may be given a password, confirmed beforehand. */
  readonly redirectTo: readonly string[];
  /** Once it has proven right, the password may go to servers without any mark of a mail system. */
  readonly passwordToUnmarked: boolean;
  readonly signInWith: SignInWith;
  /** The sign-in service that the person names; null: the one that the server names, or the configured one. */
  readonly authority: string | null;
  /** A client certificate comes beside the request, and is opened first. */
  readonly clientCertificate?: true;
}

export const signInWays = ['password', 'token', 'device-code'] as const;
export type SignInWith = (typeof signInWays)[number];

/** A test that is asked nothing beyond that. */
export function parseAutodiscover(values: Values): ParsedRequest {
  const mailbox = parseMailboxFields(values);
  return mailbox.ok ? { ok: true, request: { analyzer: 'autodiscover', ...mailbox.value } } : mailbox;
}

/** Whether a box was ticked, or an option without a value given. */
export const isTicked = (values: Values, name: string): boolean => (values[name] ?? '') !== '';

/**
 * Parses the fields of a form or the options of a command.
 * @param values `email`, `username`, `client`, `redirectTo` (several, separated), `signInWith`, `authority`; and, not empty where they
 *   were ticked or given: `ignoreCertificateProblems`, `askMicrosoft`, `passwordToUnmarked`, `clientCertificate`
 */
export function parseMailboxFields(values: Values): Fields<MailboxRequest> {
  const email = parseMailbox(values.email ?? '');
  const username = parseUser(values.username ?? '', email.ok ? email.value.address : '');
  const client = parseClient(values.client ?? '');
  const redirectTo = parseHosts(values.redirectTo ?? '');
  const signInWith = parseSignIn(values.signInWith ?? '');
  const authority = parseAuthority(values.authority ?? '');
  if (!email.ok || !username.ok || !client.ok || !redirectTo.ok || !signInWith.ok || !authority.ok)
    return { ok: false, errors: errorsOf({ email, username, client, redirectTo, signInWith, authority }) };
  return {
    ok: true,
    value: {
      name: email.value.address,
      mailbox: email.value.address,
      domain: email.value.domain,
      user: username.value,
      ignoreCertificateProblems: isTicked(values, 'ignoreCertificateProblems'),
      client: client.value,
      askMicrosoft: isTicked(values, 'askMicrosoft'),
      redirectTo: redirectTo.value,
      passwordToUnmarked: isTicked(values, 'passwordToUnmarked'),
      signInWith: signInWith.value,
      authority: authority.value,
      ...(isTicked(values, 'clientCertificate') && { clientCertificate: true }),
    },
  };
}

/** A client that cannot do what is to be tested. */
export const notSpoken = (client: ClientId, protocol: string): FieldError => ({
  field: 'client',
  message: `${clientName(client)} does not speak ${protocol}.`,
});

function parseClient(text: string): Field<ClientId> {
  if (text === '') return { ok: true, value: usualClient };
  if (isClientId(text)) return { ok: true, value: text };
  return { ok: false, message: `There is no client called "${text.slice(0, 40)}".` };
}

function parseSignIn(text: string): Field<SignInWith> {
  const value = text === '' ? 'password' : signInWays.find((way) => way === text);
  if (value !== undefined) return { ok: true, value };
  return { ok: false, message: `Nobody can sign in with "${text.slice(0, 40)}".` };
}

/** What differs from the usual, by the names of the form's fields. */
export function mailboxOptions(request: MailboxRequest): Args {
  const { client, redirectTo, signInWith, authority } = request;
  return {
    ...(request.ignoreCertificateProblems && { ignoreCertificateProblems: 'yes' }),
    ...(client !== usualClient && { client }),
    ...(request.askMicrosoft && { askMicrosoft: 'yes' }),
    ...(redirectTo.length > 0 && { redirectTo }),
    ...(request.passwordToUnmarked && { passwordToUnmarked: 'yes' }),
    ...(signInWith !== 'password' && { signInWith }),
    ...(authority !== null && { authority }),
    ...(request.clientCertificate && { clientCertificate: 'yes' }),
  };
}
