import { mailServer } from '../hosts.ts';
import { wrongOrder } from '../pki/chains.ts';
import { defineWorld } from '../world.ts';

export const chainWrongOrder = defineWorld({
  name: 'chain-wrong-order',
  title: 'The certificates come in the wrong order.',
  analyzer: 'tls',
  must: ['tls.chain-order'],
  hosts: { autodiscover: mailServer({ certificate: wrongOrder }) },
});
