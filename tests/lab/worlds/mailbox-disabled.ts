import { mailServer } from '../hosts.ts';
import { ecMailboxDisabled } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mailboxDisabled = defineWorld({
  name: 'mailbox-disabled',
  title: 'The mailbox is disconnected from its account.',
  analyzer: 'mapi-http',
  must: ['mailbox.none'],
  hosts: { autodiscover: mailServer({ store: { logon: { error: ecMailboxDisabled } } }) },
});
