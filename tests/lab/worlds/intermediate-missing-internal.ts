import { addressRecord } from '../dns/records.ts';
import { mailServer, publisher } from '../hosts.ts';
import { withoutIntermediateBut } from '../pki/published.ts';
import { defineWorld } from '../world.ts';

export const intermediateMissingInternal = defineWorld({
  name: 'intermediate-missing-internal',
  title: 'The intermediate is missing, and the address in the certificate is inside a private network.',
  analyzer: 'tls',
  must: ['tls.intermediate-missing'],
  hosts: {
    autodiscover: mailServer({ certificate: withoutIntermediateBut({ issuer: '/issuing.cer' }) }),
    pki: { ...publisher(), dns: () => [addressRecord('10.0.0.1')] },
  },
});
