import { mailServer } from '../hosts.ts';
import { ecProtocolDisabled } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mailboxProtocolDisabled = defineWorld({
  name: 'mailbox-protocol-disabled',
  title: 'MAPI is switched off for this mailbox.',
  analyzer: 'mapi-http',
  must: ['mailbox.protocol-disabled'],
  hosts: { autodiscover: mailServer({ store: { connect: ecProtocolDisabled } }) },
});
