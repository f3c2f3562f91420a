import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const rpcNameAmbiguous = defineWorld({
  name: 'rpc-name-ambiguous',
  title: 'Two people in the address list have the same address.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['nspi.name-not-found'],
  hosts: { autodiscover: mailServer({ addressBook: { owner: 'ambiguous' } }) },
});
