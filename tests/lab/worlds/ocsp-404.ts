import { mailServer, publisher } from '../hosts.ts';
import { published } from '../pki/published.ts';
import { status } from '../publisher/site.ts';
import { defineWorld } from '../world.ts';

export const ocsp404 = defineWorld({
  name: 'ocsp-404',
  title: 'There is nothing where the OCSP responder should be.',
  analyzer: 'tls',
  must: ['tls.revocation-unknown'],
  hosts: {
    autodiscover: mailServer({ certificate: published({ ocsp: '/ocsp/issuing' }) }),
    pki: publisher({ '/ocsp/issuing': status(404) }),
  },
});
