import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const rpcTwoServers = defineWorld({
  name: 'rpc-two-servers',
  title: 'Two servers behind one name: the channels of RPC over HTTP end at different ones.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.channels-not-joined'],
  hosts: { autodiscover: mailServer({ rpc: { apart: true } }) },
});
