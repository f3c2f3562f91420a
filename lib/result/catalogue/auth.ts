/** Findings about signing in. */
import { entry } from './entry.ts';

export const auth = {
  'auth.no-method-offered': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} demands a sign-in, but names no method for it',
    args: { host: 'host', path: 'text' },
  }),
  'auth.rejected': entry({
    severity: 'error',
    actor: 'you',
    felt: true,
    text: 'The user name or password was refused by {host}{perhaps?}',
    // `perhaps`: empty, or what else can look like this.
    args: { host: 'host', user: 'user', method: 'text', perhaps: 'text' },
  }),
  'auth.anonymous-allowed': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: '{host} lets everybody in at {path}, without any sign-in',
    args: { host: 'host', path: 'text' },
  }),
  'auth.password-not-usable': entry({
    severity: 'notice',
    actor: 'you',
    text: '{host} takes no password: it wants a modern sign-in (OAuth)',
    args: { host: 'host', authority: 'url' },
  }),
  'auth.required-method-missing': entry({
    severity: 'error',
    actor: 'mail-admin',
    mayBe: { warning: 'another method that clients know is offered there' },
    text: 'Autodiscover tells clients to sign in to {host} with {promised}, which is not offered there',
    args: { host: 'host', path: 'text', promised: 'text', offered: 'text' },
  }),
  'auth.unexpected-method': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: '{host} offers {method} for {path}, where it has no place',
    args: { host: 'host', path: 'text', method: 'text' },
  }),
  'auth.user-name-form': entry({
    severity: 'warning',
    actor: 'you',
    mayBe: { notice: 'nothing but the names of the server speaks for another form' },
    text: '{host} may know the person as {expected}, and not by {given}',
    args: { host: 'host', expected: 'user', given: 'text', source: 'text' },
  }),
  'auth.channel-binding-required': entry({
    severity: 'error',
    actor: 'mail-admin',
    mayBe: { notice: 'the client in question binds its sign-in to the connection, and gets in' },
    text: '{host} lets in only clients that bind their sign-in to the TLS connection, at {path} (Extended Protection is required)',
    args: { host: 'host', path: 'text', method: 'text' },
  }),
  'auth.channel-binding-broken': entry({
    severity: 'error',
    actor: 'network-admin',
    mayBe: { warning: 'an account that may not use NTLM would look the same' },
    text: '{host} refuses the Windows sign-in although the password is right: {why}',
    args: { host: 'host', path: 'text', method: 'text', fingerprint: 'text', why: 'text' },
  }),
  'auth.ntlm-broken-by-proxy': entry({
    severity: 'error',
    actor: 'network-admin',
    text: 'The sign-in with {method} to {host} breaks on the way: {how}',
    args: { host: 'host', path: 'text', method: 'text', how: 'text' },
  }),
  'auth.malformed-challenge': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} begins the sign-in with {method} in a way that cannot be read: {reason}',
    args: { host: 'host', method: 'text', reason: 'text', field: 'text', offset: 'count' },
  }),
  'auth.kerberos-only': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} takes only Kerberos tickets, which a client outside cannot get',
    args: { host: 'host', path: 'text' },
  }),
  'auth.ntlm-reveals-names': entry({
    severity: 'notice',
    actor: 'mail-admin',
    text: '{host} tells everybody what it is called inside: {names}',
    args: { host: 'host', names: 'name' },
  }),
  'auth.ntlm-too-old': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} wants NTLM in its first version, which no current client uses',
    args: { host: 'host', path: 'text' },
  }),
  'auth.basic-only': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: '{host} offers no other sign-in than Basic',
    args: { host: 'host', path: 'text' },
  }),
  'auth.inconsistent': entry({
    severity: 'warning',
    actor: 'mail-admin',
    mayBe: { error: 'it is refused where the mailbox is' },
    text: 'The same user name and password are accepted by {accepted} and refused by {refused}',
    args: { accepted: 'text', refused: 'text', method: 'text' },
  }),
  'auth.blocked-by-policy': entry({
    severity: 'error',
    actor: 'identity-admin',
    text: '{host} knows the user name and password, but a rule forbids this way in: {words}',
    args: { host: 'host', path: 'text', words: 'text' },
  }),
  'auth.token-refused': entry({
    severity: 'error',
    actor: 'identity-admin',
    text: 'The token is of no use at {host}: {reason}',
    args: { host: 'host', path: 'text', reason: 'text', audience: 'text', error: 'text' },
  }),
  'auth.modern-misconfigured': entry({
    severity: 'error',
    actor: 'identity-admin',
    text: '{host} asks for a modern sign-in, but {reason}',
    args: { host: 'host', authority: 'url', reason: 'text' },
  }),
} as const;
