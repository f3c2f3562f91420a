import { mailServer, publisher } from '../hosts.ts';
import { badlySigned } from '../pki/ocsp-bends.ts';
import { published } from '../pki/published.ts';
import { responder } from '../publisher/responder.ts';
import { defineWorld } from '../world.ts';

export const ocspBadSignature = defineWorld({
  name: 'ocsp-bad-signature',
  title: 'The signature of the OCSP answer is damaged.',
  analyzer: 'tls',
  must: ['tls.revocation-unknown'],
  hosts: {
    autodiscover: mailServer({ certificate: published({ ocsp: '/ocsp/issuing' }) }),
    pki: publisher({ '/ocsp/issuing': responder('issuing', badlySigned) }),
  },
});
