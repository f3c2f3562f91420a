import { mailServer, publisher } from '../hosts.ts';
import { silence } from '../http/message.ts';
import { withoutIntermediateBut } from '../pki/published.ts';
import { defineWorld } from '../world.ts';

export const intermediateMissingSilent = defineWorld({
  name: 'intermediate-missing-silent',
  title: 'The intermediate is missing, and the address in the certificate never answers.',
  analyzer: 'tls',
  must: ['tls.intermediate-missing'],
  hosts: {
    autodiscover: mailServer({ certificate: withoutIntermediateBut({ issuer: '/issuing.cer' }) }),
    pki: publisher({ '/issuing.cer': () => silence }),
  },
});
