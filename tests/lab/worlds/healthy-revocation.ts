import { mailServer, publisher } from '../hosts.ts';
import { byDelegate } from '../pki/ocsp-bends.ts';
import { publishedByBranch } from '../pki/published.ts';
import { responder } from '../publisher/responder.ts';
import { defineWorld } from '../world.ts';

const SOURCES = { issuer: '/branch.cer', ocsp: '/ocsp/branch', crl: '/branch.crl' };

export const healthyRevocation = defineWorld({
  name: 'healthy-revocation',
  title: 'Everything is well; issuer, revocation list and OCSP responder are where the certificates say that they are.',
  analyzer: 'tls',
  hosts: {
    autodiscover: mailServer({ certificate: publishedByBranch(SOURCES) }),
    pki: publisher({ '/ocsp/branch': responder('branch', byDelegate) }),
  },
});
