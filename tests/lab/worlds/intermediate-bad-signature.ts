import { mailServer } from '../hosts.ts';
import { intermediateBadlySigned } from '../pki/issuers.ts';
import { defineWorld } from '../world.ts';

export const intermediateBadSignature = defineWorld({
  name: 'intermediate-bad-signature',
  title: 'The signature of the intermediate certificate is damaged.',
  analyzer: 'tls',
  must: ['tls.certificate-invalid'],
  hosts: { autodiscover: mailServer({ certificate: intermediateBadlySigned }) },
});
