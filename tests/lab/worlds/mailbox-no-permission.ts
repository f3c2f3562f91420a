import { mailServer } from '../hosts.ts';
import { ecLoginPerm } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mailboxNoPermission = defineWorld({
  name: 'mailbox-no-permission',
  title: 'The user may not open this mailbox.',
  analyzer: 'mapi-http',
  must: ['mailbox.no-permission'],
  hosts: { autodiscover: mailServer({ store: { logon: { error: ecLoginPerm } } }) },
});
