import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const nspiHidden = defineWorld({
  name: 'nspi-hidden',
  title: 'The mailbox is hidden from the address lists.',
  must: ['nspi.name-not-found'],
  hosts: { autodiscover: mailServer({ addressBook: { owner: 'hidden' } }) },
});
