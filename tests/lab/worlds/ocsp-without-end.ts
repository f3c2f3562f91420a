import { mailServer, publisher } from '../hosts.ts';
import { published } from '../pki/published.ts';
import { endlessOcsp } from '../publisher/endless.ts';
import { defineWorld } from '../world.ts';

export const ocspWithoutEnd = defineWorld({
  name: 'ocsp-without-end',
  title: 'The OCSP answer has no end.',
  analyzer: 'tls',
  must: ['tls.revocation-unknown'],
  hosts: {
    autodiscover: mailServer({ certificate: published({ ocsp: '/ocsp/issuing' }) }),
    pki: publisher({ '/ocsp/issuing': endlessOcsp }),
  },
});
