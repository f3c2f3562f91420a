import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const rpcHeldBack = defineWorld({
  name: 'rpc-held-back',
  title: 'A gateway passes on a request once it is complete, which that of RPC over HTTP never is.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.proxy-buffers'],
  may: ['rpc.channels-not-joined'],
  hosts: { autodiscover: mailServer({ rpc: { holdsBack: true } }) },
});
