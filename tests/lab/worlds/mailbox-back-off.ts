import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mailboxBackOff = defineWorld({
  name: 'mailbox-back-off',
  title: 'The store asks to be left alone for ten seconds.',
  analyzer: 'mapi-http',
  must: ['mailbox.server-busy'],
  hosts: { autodiscover: mailServer({ store: { logon: { backOffMs: 10_000 } } }) },
});
