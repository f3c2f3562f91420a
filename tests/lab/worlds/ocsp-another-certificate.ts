import { mailServer, publisher } from '../hosts.ts';
import { aboutAnother } from '../pki/ocsp-bends.ts';
import { published } from '../pki/published.ts';
import { responder } from '../publisher/responder.ts';
import { defineWorld } from '../world.ts';

export const ocspAnotherCertificate = defineWorld({
  name: 'ocsp-another-certificate',
  title: 'The OCSP answer speaks of another certificate.',
  analyzer: 'tls',
  must: ['tls.revocation-unknown'],
  hosts: {
    autodiscover: mailServer({ certificate: published({ ocsp: '/ocsp/issuing' }) }),
    pki: publisher({ '/ocsp/issuing': responder('issuing', aboutAnother) }),
  },
});
