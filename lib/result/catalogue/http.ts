/** Findings about HTTP and what stands in front of the service. */
import { entry } from './entry.ts';

export const http = {
  'http.not-found': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} has nothing at {path} (404)',
    args: { host: 'host', path: 'text' },
  }),
  'http.forbidden': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} forbids access to {path} ({status})',
    args: { host: 'host', path: 'text', status: 'text' },
  }),
  'http.server-error': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} failed to answer the request: server error {status}',
    args: { host: 'host', path: 'text', status: 'text', detail: 'text' },
  }),
  'http.unavailable': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} says that the service is not available at the moment (503)',
    args: { host: 'host', path: 'text', detail: 'text' },
  }),
  'http.unexpected-redirect': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} redirects the request to {location}, where no redirect belongs',
    args: { host: 'host', location: 'url', status: 'text' },
  }),
  'http.unexpected-answer': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} answers with something else than the service: {what}',
    args: { host: 'host', path: 'text', what: 'text' },
  }),
  'http.timeout': entry({
    severity: 'error',
    actor: 'mail-admin',
    felt: true,
    text: '{host} took the request and did not answer within {waited}',
    args: { host: 'host', path: 'text', waited: 'ms' },
  }),
  'http.throttled': entry({
    severity: 'warning',
    actor: 'mail-admin',
    mayBe: { error: 'the test could not go on because of it' },
    text: '{host} turns requests away because there are too many ({status})',
    args: { host: 'host', path: 'text', status: 'text', retryAfter: 'text' },
  }),
  'http.verb-blocked': entry({
    severity: 'error',
    actor: 'network-admin',
    text: '{host} refuses the method {method} for {path} ({status})',
    args: { host: 'host', path: 'text', method: 'text', status: 'text' },
  }),
  'http.tls-required': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} was asked over HTTPS, but the server behind it sees plain HTTP and refuses {path} (403.4)',
    args: { host: 'host', path: 'text' },
  }),
  'http.pre-authentication': entry({
    severity: 'error',
    actor: 'network-admin',
    text: 'A gateway in front of {host} asks for a sign-in of its own before it lets anybody to {path}',
    args: { host: 'host', path: 'text', location: 'url' },
  }),
  'http.proxy-interferes': entry({
    severity: 'warning',
    actor: 'network-admin',
    text: 'Something on the way to {host} changes what passes: {what}',
    args: { host: 'host', what: 'text' },
  }),
  'http.clock-skew': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: 'The clocks of {host} and of this installation differ by {difference}',
    // `which`: whose clock is ahead.
    args: { host: 'host', difference: 'ms', which: 'text' },
  }),
} as const;
