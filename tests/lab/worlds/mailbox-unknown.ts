import { mailServer } from '../hosts.ts';
import { ecUnknownUser } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mailboxUnknown = defineWorld({
  name: 'mailbox-unknown',
  title: 'The store knows no mailbox by the name that the settings give.',
  must: ['mailbox.unknown'],
  hosts: { autodiscover: mailServer({ store: { connect: ecUnknownUser } }) },
});
