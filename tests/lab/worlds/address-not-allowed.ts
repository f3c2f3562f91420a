import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const addressNotAllowed = defineWorld({
  name: 'address-not-allowed',
  title: 'Somebody types in an address of the inner network, which this installation may not test.',
  analyzer: 'tls',
  target: '10.1.2.3',
  must: ['net.target-not-allowed'],
  hosts: { autodiscover: mailServer() },
});
