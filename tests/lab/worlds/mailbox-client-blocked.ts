import { mailServer } from '../hosts.ts';
import { ecClientVerDisallowed } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mailboxClientBlocked = defineWorld({
  name: 'mailbox-client-blocked',
  title: 'The mail server does not let in this version of Outlook.',
  analyzer: 'mapi-http',
  must: ['mailbox.client-version-blocked'],
  hosts: { autodiscover: mailServer({ store: { connect: ecClientVerDisallowed } }) },
});
