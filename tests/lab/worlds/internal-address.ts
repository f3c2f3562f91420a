import { addressRecord } from '../dns/records.ts';
import { defineWorld } from '../world.ts';

export const internalAddress = defineWorld({
  name: 'internal-address',
  title: 'The name of the mail server leads to an address inside a private network.',
  must: ['dns.internal-address'],
  hosts: { autodiscover: { dns: () => [addressRecord('10.1.2.3')] } },
});
