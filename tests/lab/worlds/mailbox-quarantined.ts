import { mailServer } from '../hosts.ts';
import { ecMailboxQuarantined } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mailboxQuarantined = defineWorld({
  name: 'mailbox-quarantined',
  title: 'The store has isolated the mailbox.',
  must: ['mailbox.quarantined'],
  hosts: { autodiscover: mailServer({ store: { logon: { error: ecMailboxQuarantined } } }) },
});
