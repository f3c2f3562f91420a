import { mailServer } from '../hosts.ts';
import { ecProfileNotConfigured } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mailboxNone = defineWorld({
  name: 'mailbox-none',
  title: 'The account is known, but has no mailbox.',
  analyzer: 'mapi-http',
  must: ['mailbox.none'],
  hosts: { autodiscover: mailServer({ store: { logon: { error: ecProfileNotConfigured } } }) },
});
