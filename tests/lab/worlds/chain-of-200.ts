import { mailServer } from '../hosts.ts';
import { longChain } from '../pki/hostile.ts';
import { defineWorld } from '../world.ts';

export const chainOf200 = defineWorld({
  name: 'chain-of-200',
  title: 'The chain has two hundred certificates.',
  analyzer: 'tls',
  must: ['net.limit-reached'],
  hosts: { autodiscover: mailServer({ certificate: longChain }) },
});
