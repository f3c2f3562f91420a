import { mailServer, publisher } from '../hosts.ts';
import { byStranger } from '../pki/ocsp-bends.ts';
import { published } from '../pki/published.ts';
import { responder } from '../publisher/responder.ts';
import { defineWorld } from '../world.ts';

export const ocspStranger = defineWorld({
  name: 'ocsp-stranger',
  title: 'The OCSP answer was signed by an authority that has no say over the certificate.',
  analyzer: 'tls',
  must: ['tls.revocation-unknown'],
  hosts: {
    autodiscover: mailServer({ certificate: published({ ocsp: '/ocsp/issuing' }) }),
    pki: publisher({ '/ocsp/issuing': responder('issuing', byStranger) }),
  },
});
