import { mailServer } from '../hosts.ts';
import { type StoreMailbox, usualMailbox } from '../store/mailbox.ts';
import { defineWorld } from '../world.ts';

const mailboxOfBob: StoreMailbox = {
  ...usualMailbox,
  displayName: 'Bob Beispiel',
  guid: '4c414221-0001-4000-8000-000000000b0b',
};

export const mailboxOtherOpened = defineWorld({
  name: 'mailbox-other-opened',
  title: 'Whoever signs in as Alice gets to the mailbox of Bob.',
  analyzer: 'mapi-http',
  must: ['mailbox.other-opened'],
  hosts: { autodiscover: mailServer({ store: { mailbox: mailboxOfBob } }) },
});
