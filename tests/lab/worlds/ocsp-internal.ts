import { mailServer } from '../hosts.ts';
import { published } from '../pki/published.ts';
import { defineWorld } from '../world.ts';

export const ocspInternal = defineWorld({
  name: 'ocsp-internal',
  title: 'The OCSP responder is said to be at an address inside a private network.',
  analyzer: 'tls',
  must: ['tls.revocation-unknown'],
  hosts: { autodiscover: mailServer({ certificate: published({ ocsp: 'http://10.0.0.1/ocsp' }) }) },
});
