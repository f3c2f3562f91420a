import { mailServer, publisher } from '../hosts.ts';
import { withoutIntermediateBut } from '../pki/published.ts';
import { redirect } from '../publisher/site.ts';
import { defineWorld } from '../world.ts';

/** Where virtual machines learn of their secrets. */
const METADATA = 'http://169.254.169.254/latest/meta-data/';

export const intermediateMissingRedirect = defineWorld({
  name: 'intermediate-missing-redirect',
  title: 'The intermediate is missing, and the address in the certificate leads on to the inside of a cloud platform.',
  analyzer: 'tls',
  must: ['tls.intermediate-missing'],
  hosts: {
    autodiscover: mailServer({ certificate: withoutIntermediateBut({ issuer: '/issuing.cer' }) }),
    pki: publisher({ '/issuing.cer': redirect(METADATA) }),
  },
});
