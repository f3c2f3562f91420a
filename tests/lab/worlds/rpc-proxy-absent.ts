import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const rpcProxyAbsent = defineWorld({
  name: 'rpc-proxy-absent',
  title: 'The settings offer RPC over HTTP, but its proxy was never installed.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.proxy-not-answering'],
  hosts: { autodiscover: mailServer({ rpc: 'absent' }) },
});
