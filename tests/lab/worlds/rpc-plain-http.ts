import { mailServer } from '../hosts.ts';
import { plainProxy } from '../rpc/gateways.ts';
import { defineWorld } from '../world.ts';

export const rpcPlainHttp = defineWorld({
  name: 'rpc-plain-http',
  title: 'A device in front ends TLS, and the RPC proxy takes plain HTTP too.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.plain-http-accepted'],
  hosts: { autodiscover: { ...mailServer(), http: plainProxy() } },
});
