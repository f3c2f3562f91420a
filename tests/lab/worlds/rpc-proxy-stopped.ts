import { mailServer } from '../hosts.ts';
import { stopped } from '../rpc/gateways.ts';
import { defineWorld } from '../world.ts';

export const rpcProxyStopped = defineWorld({
  name: 'rpc-proxy-stopped',
  title: 'The application pool of the RPC proxy has been stopped.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.proxy-not-answering'],
  hosts: { autodiscover: mailServer({ rpc: { gateway: stopped } }) },
});
