import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const rpcRecycled = defineWorld({
  name: 'rpc-recycled',
  title: 'The server wants a new channel in the middle of the conversation.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.recycled'],
  hosts: { autodiscover: mailServer({ rpc: { recycledAfter: 'EcDoConnectEx' } }) },
});
