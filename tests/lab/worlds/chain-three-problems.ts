import { mailServer } from '../hosts.ts';
import { untidyAndUnfit } from '../pki/chains.ts';
import { defineWorld } from '../world.ts';

export const chainThreeProblems = defineWorld({
  name: 'chain-three-problems',
  title: 'The certificate is valid only later and only for clients, and a stranger comes with it.',
  analyzer: 'tls',
  must: ['tls.certificate-not-yet-valid', 'tls.certificate-wrong-usage', 'tls.chain-order'],
  hosts: { autodiscover: mailServer({ certificate: untidyAndUnfit }) },
});
