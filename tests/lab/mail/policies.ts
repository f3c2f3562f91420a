/** Rules that bar somebody whose name and password are right. */
import { readAuthorization } from '../http/authorization.ts';
import { frontEndHeaders } from './headers.ts';
import type { SignInBend } from './sign-in.ts';

type Policy = NonNullable<SignInBend['policy']>;

/** An authentication policy of the organization: passwords are of no use to this account. The header is that of Exchange Online. */
export const passwordsBlocked: Policy = (request, { host, mailbox }) => {
  if (readAuthorization(request)?.scheme !== 'basic') return null;
  const why = `LiveIdBasicAuth:BasicAuthBlocked:<UNH:${mailbox.email}><BasicAuthBlockStatus - Deny><FEBB>;`;
  const headers = [
    ['WWW-Authenticate', `Basic realm="${host}"`],
    ['X-AutoDiscovery-Error', why],
  ] as const;
  return { status: 401, headers: [...frontEndHeaders(), ...headers] };
};

/** The protocol has been switched off for this one mailbox. */
export const protocolDisabled: Policy = () => ({
  status: 403,
  headers: [...frontEndHeaders(), ['Content-Type', 'text/plain; charset=utf-8']],
  body: 'Access is denied: this protocol is disabled for the user by a client access rule of the organization.',
});
