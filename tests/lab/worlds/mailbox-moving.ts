import { mailServer } from '../hosts.ts';
import { ecMailboxInTransit } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mailboxMoving = defineWorld({
  name: 'mailbox-moving',
  title: 'The mailbox is being moved.',
  analyzer: 'mapi-http',
  must: ['mailbox.moving'],
  hosts: { autodiscover: mailServer({ store: { logon: { error: ecMailboxInTransit } } }) },
});
