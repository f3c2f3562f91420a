import { mailServer } from '../hosts.ts';
import { stranger } from '../pki/chains.ts';
import { defineWorld } from '../world.ts';

export const chainStranger = defineWorld({
  name: 'chain-stranger',
  title: 'The mail server sends a certificate that has nothing to do with its own.',
  analyzer: 'tls',
  must: ['tls.chain-order'],
  hosts: { autodiscover: mailServer({ certificate: stranger }) },
});
