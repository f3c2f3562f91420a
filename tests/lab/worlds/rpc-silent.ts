import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const rpcSilent = defineWorld({
  name: 'rpc-silent',
  title: 'The address book takes a bind, and says nothing more.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.no-answer'],
  hosts: { autodiscover: mailServer({ rpc: { silentAfter: 'NspiBind' } }) },
});
