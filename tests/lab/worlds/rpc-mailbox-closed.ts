import { mailServer } from '../hosts.ts';
import { without } from '../rpc/endpoints.ts';
import { defineWorld } from '../world.ts';

export const rpcMailboxClosed = defineWorld({
  name: 'rpc-mailbox-closed',
  title: 'The mailbox service has been stopped: port 6001 is closed.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.endpoint-unavailable'],
  hosts: { autodiscover: mailServer({ rpc: { endpoints: without([6001]) } }) },
});
