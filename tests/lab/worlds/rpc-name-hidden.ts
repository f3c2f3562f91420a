import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const rpcNameHidden = defineWorld({
  name: 'rpc-name-hidden',
  title: 'The mailbox is hidden from the address list.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['nspi.name-not-found'],
  hosts: { autodiscover: mailServer({ addressBook: { owner: 'hidden' } }) },
});
