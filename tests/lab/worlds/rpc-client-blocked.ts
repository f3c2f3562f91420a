import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const rpcClientBlocked = defineWorld({
  name: 'rpc-client-blocked',
  title: 'The administrators let in Outlook 2013 and later, and somebody comes with Outlook 2010.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['mailbox.client-version-blocked'],
  hosts: { autodiscover: mailServer({ rpc: { mailbox: { oldestClient: 15 } } }) },
});
