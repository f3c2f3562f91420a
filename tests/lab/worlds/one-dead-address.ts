import { addressRecord } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

const deadNeighbour = (address: string) => address.replace(/\d+$/, '99');

export const oneDeadAddress = defineWorld({
  name: 'one-dead-address',
  title: 'The mail server has two addresses, and nothing listens on the first.',
  must: ['tcp.one-address-fails'],
  hosts: { autodiscover: { ...mailServer(), dns: (own) => [addressRecord(deadNeighbour(own)), addressRecord(own)] } },
});
