import { mailServer } from '../hosts.ts';
import { ecRpcHttpDisallowed } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const rpcHttpBlocked = defineWorld({
  name: 'rpc-http-blocked',
  title: 'This mailbox may not be reached by RPC over HTTP.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['mailbox.rpc-http-blocked'],
  hosts: { autodiscover: mailServer({ rpc: { mailbox: { connect: ecRpcHttpDisallowed } } }) },
});
