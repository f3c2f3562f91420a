import { mailServer, publisher } from '../hosts.ts';
import { withoutIntermediateBut } from '../pki/published.ts';
import { defineWorld } from '../world.ts';

export const intermediateMissingPublished = defineWorld({
  name: 'intermediate-missing-published',
  title: 'The intermediate is missing; the address in the certificate has it.',
  analyzer: 'tls',
  must: ['tls.intermediate-missing'],
  hosts: {
    autodiscover: mailServer({ certificate: withoutIntermediateBut({ issuer: '/issuing.cer' }) }),
    pki: publisher(),
  },
});
