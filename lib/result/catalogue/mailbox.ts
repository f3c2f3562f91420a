/** Findings about the mailbox itself and the address book, whichever protocol they were reached by. */
import { entry } from './entry.ts';

/** `code`: name and number, as in `ecUnknownUser (0x3EB)`. */
const refused = { host: 'host', mailbox: 'mailbox', code: 'text' } as const;

export const mailbox = {
  'nspi.name-not-found': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The address list of {host} does not resolve {mailbox}: {how}',
    args: { host: 'host', mailbox: 'mailbox', how: 'text' },
  }),
  'nspi.failed': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The address book of {host} refuses {call}: {code}',
    args: { host: 'host', call: 'text', code: 'text' },
  }),
  'nspi.answers-differ': entry({
    severity: 'notice',
    actor: 'mail-admin',
    text: 'Autodiscover and the address book of {host} do not know {mailbox} by the same {what}: {one} and {other}',
    args: { host: 'host', mailbox: 'mailbox', what: 'text', one: 'text', other: 'text' },
  }),
  'mailbox.protocol-disabled': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'MAPI is switched off for the mailbox {mailbox}: {code}',
    args: refused,
  }),
  'mailbox.rpc-http-blocked': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The mailbox {mailbox} may not be reached by RPC over HTTP: {code}',
    args: refused,
  }),
  'mailbox.cached-mode-required': entry({
    severity: 'warning',
    actor: 'you',
    text: 'The mailbox {mailbox} can be opened in cached mode only, so this test cannot look into it: {code}',
    args: refused,
  }),
  'mailbox.client-version-blocked': entry({
    severity: 'error',
    actor: 'helpdesk',
    text: '{host} does not let in {client}: it refuses version {version}, {code}',
    args: { host: 'host', client: 'text', version: 'text', code: 'text' },
  }),
  'mailbox.logon-failed': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} does not open the mailbox {mailbox}: {code}',
    args: { ...refused, meaning: 'text' },
  }),
  'mailbox.no-permission': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{user} may not open the mailbox {mailbox}: {code}',
    args: { ...refused, user: 'user' },
  }),
  'mailbox.unknown': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} does not know the mailbox of {mailbox} by the name that it was asked for: {code}',
    args: { ...refused, dn: 'dn' },
  }),
  'mailbox.wrong-server': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The mailbox {mailbox} is not on {host}, which sends clients on to {server}',
    args: { ...refused, server: 'name' },
  }),
  'mailbox.none': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The account of {mailbox} is known, but has no mailbox on {host}: {code}',
    args: refused,
  }),
  'mailbox.moving': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The mailbox {mailbox} is being moved right now: {code}',
    args: refused,
  }),
  'mailbox.dismounted': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The database of the mailbox {mailbox} is not mounted: {code}',
    args: refused,
  }),
  'mailbox.server-busy': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} is too busy for the mailbox {mailbox}{wait}: {code}',
    // `wait`: empty, or for how long it asks to be left alone.
    args: { ...refused, wait: 'text' },
  }),
  'mailbox.quarantined': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The mailbox {mailbox} is in quarantine: {code}',
    args: refused,
  }),
  'mailbox.other-opened': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} opened the mailbox of somebody else than {mailbox}: {name}',
    args: { host: 'host', mailbox: 'mailbox', name: 'name' },
  }),
  'server.out-of-support': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: '{host} runs {product}, whose support ended on {date}',
    args: { host: 'host', product: 'text', build: 'text', date: 'date' },
  }),
} as const;
