import { mailServer } from '../hosts.ts';
import { ecLoginFailure } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mailboxLogonFailed = defineWorld({
  name: 'mailbox-logon-failed',
  title: 'The store does not open the mailbox, and says no more than that.',
  analyzer: 'mapi-http',
  must: ['mailbox.logon-failed'],
  hosts: { autodiscover: mailServer({ store: { logon: { error: ecLoginFailure } } }) },
});
