import { mailServer } from '../hosts.ts';
import { everywhere } from '../rpc/endpoints.ts';
import { defineWorld } from '../world.ts';

export const rpcOdd = defineWorld({
  name: 'rpc-odd',
  title: 'RPC over HTTP is well, behind a proxy that sends chunks: short fragments, and every interface at every port.',
  analyzer: 'rpc-http',
  hosts: { autodiscover: mailServer({ rpc: { endpoints: everywhere, framing: 'chunks', fragments: 256 } }) },
});
