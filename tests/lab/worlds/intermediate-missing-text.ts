import { mailServer, publisher } from '../hosts.ts';
import { withoutIntermediateBut } from '../pki/published.ts';
import { defineWorld } from '../world.ts';

export const intermediateMissingText = defineWorld({
  name: 'intermediate-missing-text',
  title: 'The intermediate is missing; the address in the certificate has it as text, which clients do not expect.',
  analyzer: 'tls',
  must: ['tls.intermediate-missing'],
  hosts: {
    autodiscover: mailServer({ certificate: withoutIntermediateBut({ issuer: '/issuing.pem' }) }),
    pki: publisher(),
  },
});
