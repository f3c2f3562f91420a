import { mailServer, publisher } from '../hosts.ts';
import { withoutIntermediateBut } from '../pki/published.ts';
import { defineWorld } from '../world.ts';

export const intermediateMissingBundle = defineWorld({
  name: 'intermediate-missing-bundle',
  title: 'The intermediate is missing; the address in the certificate has it in a bundle.',
  analyzer: 'tls',
  must: ['tls.intermediate-missing'],
  hosts: {
    autodiscover: mailServer({ certificate: withoutIntermediateBut({ issuer: '/issuing.p7c' }) }),
    pki: publisher(),
  },
});
