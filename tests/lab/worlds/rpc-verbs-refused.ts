import { mailServer } from '../hosts.ts';
import { refusesVerbs } from '../rpc/gateways.ts';
import { defineWorld } from '../world.ts';

export const rpcVerbsRefused = defineWorld({
  name: 'rpc-verbs-refused',
  title: 'A gateway refuses the methods of RPC over HTTP.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['http.verb-blocked'],
  hosts: { autodiscover: mailServer({ rpc: { gateway: refusesVerbs } }) },
});
