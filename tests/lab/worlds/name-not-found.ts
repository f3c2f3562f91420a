import { defineWorld } from '../world.ts';

export const nameNotFound = defineWorld({
  name: 'name-not-found',
  title: 'The mail domain does not exist in DNS, nor does any name below it.',
  must: ['autodiscover.not-found', 'dns.host-not-found'],
  hosts: {},
});
