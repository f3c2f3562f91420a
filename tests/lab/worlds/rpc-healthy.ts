import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const rpcHealthy = defineWorld({
  name: 'rpc-healthy',
  title: 'Outlook 2010 comes, and all is well with RPC over HTTP.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.legacy-transport', 'rpc.encryption-not-enforced'],
  hosts: { autodiscover: mailServer() },
});
