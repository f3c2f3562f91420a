import { mailServer } from '../hosts.ts';
import { ORGANIZATION_DN } from '../store/owner.ts';
import { defineWorld } from '../world.ts';

const elsewhere = `${ORGANIZATION_DN}/cn=Configuration/cn=Servers/cn=LAB-EX02`;

export const rpcWrongServer = defineWorld({
  name: 'rpc-wrong-server',
  title: 'The mailbox is on another server, to which the logon refers.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['mailbox.wrong-server'],
  hosts: { autodiscover: mailServer({ rpc: { mailbox: { logon: { redirect: elsewhere } } } }) },
});
