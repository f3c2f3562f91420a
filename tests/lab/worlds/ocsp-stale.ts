import { mailServer, publisher } from '../hosts.ts';
import { stale } from '../pki/ocsp-bends.ts';
import { published } from '../pki/published.ts';
import { responder } from '../publisher/responder.ts';
import { defineWorld } from '../world.ts';

export const ocspStale = defineWorld({
  name: 'ocsp-stale',
  title: 'The OCSP responder gives an answer of last week.',
  analyzer: 'tls',
  must: ['tls.revocation-unknown'],
  hosts: {
    autodiscover: mailServer({ certificate: published({ ocsp: '/ocsp/issuing' }) }),
    pki: publisher({ '/ocsp/issuing': responder('issuing', stale) }),
  },
});
