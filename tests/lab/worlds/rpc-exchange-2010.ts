import { mailServer } from '../hosts.ts';
import { exchange2010Server } from '../rpc/exchange-2010.ts';
import { defineWorld } from '../world.ts';

export const rpcExchange2010 = defineWorld({
  name: 'rpc-exchange-2010',
  title: 'A server of 2010: no MAPI over HTTP, and an endpoint mapper that answers.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  endpointMapper: true,
  must: ['server.out-of-support', 'autodiscover.no-mapi-http'],
  hosts: { autodiscover: mailServer(exchange2010Server) },
});
