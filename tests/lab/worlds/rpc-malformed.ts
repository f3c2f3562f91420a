import { mailServer } from '../hosts.ts';
import { hugeString } from '../rpc/hostile.ts';
import { defineWorld } from '../world.ts';

export const rpcMalformed = defineWorld({
  name: 'rpc-malformed',
  title: 'What answers the logon says that it is longer than everything that came.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.malformed-response'],
  hosts: { autodiscover: mailServer({ rpc: { answers: hugeString('EcDoConnectEx') } }) },
});
