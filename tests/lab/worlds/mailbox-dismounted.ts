import { mailServer } from '../hosts.ts';
import { ecMDBNotInit } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mailboxDismounted = defineWorld({
  name: 'mailbox-dismounted',
  title: 'The database of the mailbox is not mounted.',
  analyzer: 'mapi-http',
  must: ['mailbox.dismounted'],
  hosts: { autodiscover: mailServer({ store: { logon: { error: ecMDBNotInit } } }) },
});
