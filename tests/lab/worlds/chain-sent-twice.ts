import { mailServer } from '../hosts.ts';
import { intermediateTwice } from '../pki/chains.ts';
import { defineWorld } from '../world.ts';

export const chainSentTwice = defineWorld({
  name: 'chain-sent-twice',
  title: 'The mail server sends the intermediate certificate twice.',
  analyzer: 'tls',
  must: ['tls.chain-order'],
  hosts: { autodiscover: mailServer({ certificate: intermediateTwice }) },
});
