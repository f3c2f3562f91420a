import { mailServer, publisher } from '../hosts.ts';
import { withoutIntermediateBut } from '../pki/published.ts';
import { signInPage } from '../web/website.ts';
import { defineWorld } from '../world.ts';

export const intermediateMissingGarbage = defineWorld({
  name: 'intermediate-missing-garbage',
  title: 'The intermediate is missing, and the address in the certificate has a web page.',
  analyzer: 'tls',
  must: ['tls.intermediate-missing'],
  hosts: {
    autodiscover: mailServer({ certificate: withoutIntermediateBut({ issuer: '/issuing.cer' }) }),
    pki: publisher({ '/issuing.cer': signInPage }),
  },
});
