/** Findings about MAPI over HTTP. */
import { entry } from './entry.ts';

export const mapi = {
  'mapi.disabled': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'MAPI over HTTP is switched off at {host}: {sign}',
    args: { host: 'host', sign: 'text', url: 'url' },
  }),
  'mapi.mailbox-id-lost': entry({
    severity: 'error',
    actor: 'network-admin',
    text: 'The name of the mailbox is lost on the way to {host}: {how}',
    args: { host: 'host', url: 'url', how: 'text' },
  }),
  'mapi.response-code': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} does not carry out {request}: code {number}, {name}',
    // `said`: the server's own sentence, whose numbers may mean something else than those of the specification.
    args: { host: 'host', request: 'text', number: 'count', name: 'text', said: 'text' },
  }),
  'mapi.session-lost': entry({
    severity: 'error',
    actor: 'network-admin',
    text: '{host} loses the session at {request}: {how}',
    args: { host: 'host', request: 'text', how: 'text' },
  }),
  'mapi.malformed-response': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'What {host} answers to {request} cannot be read: {reason}',
    args: { host: 'host', request: 'text', reason: 'text', field: 'text', offset: 'count' },
  }),
  'mapi.slow-response': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: '{host} takes {mean} for an answer on average, the way there not counted{limit}',
    // `limit`: empty, or that even the higher of the two limits is exceeded.
    args: { host: 'host', mean: 'ms', limit: 'text', spread: 'ms', network: 'ms', count: 'count' },
  }),
  'mapi.response-buffered': entry({
    severity: 'warning',
    actor: 'network-admin',
    text: 'Something on the way to {host} holds answers back until they are complete ({held} in this test)',
    args: { host: 'host', held: 'ms', request: 'text' },
  }),
  'mapi.long-wait-cut': entry({
    severity: 'warning',
    actor: 'network-admin',
    text: 'Something cuts waiting requests to {host} after {after}, although they may take {wanted}',
    args: { host: 'host', after: 'ms', wanted: 'ms', who: 'text' },
  }),
  'mapi.url-mismatch': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: 'Autodiscover and the address book name different addresses for the {what}: {one} and {other}',
    args: { what: 'text', one: 'url', other: 'url' },
  }),
  'mapi.no-server-header': entry({
    severity: 'notice',
    actor: 'mail-admin',
    text: '{host} does not say what it runs: the header X-ServerApplication is missing',
    args: { host: 'host' },
  }),
  'mapi.not-offered': entry({
    severity: 'warning',
    actor: 'mail-admin',
    mayBe: { error: 'nothing else is offered that a client of today could use' },
    text: 'MAPI over HTTP is not offered for {mailbox}',
    args: { mailbox: 'mailbox', host: 'host' },
  }),
} as const;
