import { mailServer } from '../hosts.ts';
import { ORGANIZATION_DN } from '../store/owner.ts';
import { defineWorld } from '../world.ts';

const OTHER_SERVER = `${ORGANIZATION_DN}/cn=Configuration/cn=Servers/cn=LAB-EX02`;

export const mailboxWrongServer = defineWorld({
  name: 'mailbox-wrong-server',
  title: 'The mailbox is on another server, to which this one sends clients on.',
  analyzer: 'mapi-http',
  must: ['mailbox.wrong-server'],
  hosts: { autodiscover: mailServer({ store: { logon: { redirect: OTHER_SERVER } } }) },
});
