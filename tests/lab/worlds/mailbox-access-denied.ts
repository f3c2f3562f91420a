import { mailServer } from '../hosts.ts';
import { ecAccessDenied } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mailboxAccessDenied = defineWorld({
  name: 'mailbox-access-denied',
  title: 'The user has no right to connect to the store.',
  analyzer: 'mapi-http',
  must: ['mailbox.no-permission'],
  hosts: { autodiscover: mailServer({ store: { connect: ecAccessDenied } }) },
});
