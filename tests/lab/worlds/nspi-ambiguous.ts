import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const nspiAmbiguous = defineWorld({
  name: 'nspi-ambiguous',
  title: 'Two people in the address book have the same address.',
  analyzer: 'mapi-http',
  must: ['nspi.name-not-found'],
  hosts: { autodiscover: mailServer({ addressBook: { owner: 'ambiguous' } }) },
});
