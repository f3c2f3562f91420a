import { mailServer, publisher } from '../hosts.ts';
import { silence } from '../http/message.ts';
import { published } from '../pki/published.ts';
import { defineWorld } from '../world.ts';

export const ocspSilent = defineWorld({
  name: 'ocsp-silent',
  title: 'The OCSP responder never answers.',
  analyzer: 'tls',
  must: ['tls.revocation-unknown'],
  hosts: {
    autodiscover: mailServer({ certificate: published({ ocsp: '/ocsp/issuing' }) }),
    pki: publisher({ '/ocsp/issuing': () => silence }),
  },
});
