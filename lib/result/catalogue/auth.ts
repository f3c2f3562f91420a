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
    text: 'The user name or password was refused by {host}',
    args: { host: 'host', user: 'user', method: 'text' },
  }),
  'auth.anonymous-allowed': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: '{host} hands out settings without any sign-in',
    args: { host: 'host', path: 'text' },
  }),
  'auth.password-not-usable': entry({
    severity: 'notice',
    actor: 'you',
    text: '{host} takes no password: it wants a modern sign-in (OAuth)',
    args: { host: 'host', authority: 'url' },
  }),
} as const;
