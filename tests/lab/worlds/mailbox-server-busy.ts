import { mailServer } from '../hosts.ts';
import { ecServerBusy } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mailboxServerBusy = defineWorld({
  name: 'mailbox-server-busy',
  title: 'The mail server has too much to do to let anybody in.',
  analyzer: 'mapi-http',
  must: ['mailbox.server-busy'],
  hosts: { autodiscover: mailServer({ store: { connect: ecServerBusy } }) },
});
