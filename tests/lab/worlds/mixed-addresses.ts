import { addressRecord } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mixedAddresses = defineWorld({
  name: 'mixed-addresses',
  title: 'The mail server has two addresses, and one of them is inside a private network.',
  must: ['dns.internal-address'],
  hosts: { autodiscover: { ...mailServer(), dns: (own) => [addressRecord('10.1.2.3'), addressRecord(own)] } },
});
