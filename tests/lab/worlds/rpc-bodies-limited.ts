import { mailServer } from '../hosts.ts';
import { limitsBodies } from '../rpc/gateways.ts';
import { defineWorld } from '../world.ts';

export const rpcBodiesLimited = defineWorld({
  name: 'rpc-bodies-limited',
  title: 'A gateway limits how long a request may be.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.proxy-buffers'],
  hosts: { autodiscover: mailServer({ rpc: { gateway: limitsBodies } }) },
});
