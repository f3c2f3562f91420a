import { mailServer, publisher } from '../hosts.ts';
import { revoked } from '../pki/ocsp-bends.ts';
import { published } from '../pki/published.ts';
import { responder } from '../publisher/responder.ts';
import { defineWorld } from '../world.ts';

export const revokedByOcsp = defineWorld({
  name: 'revoked-by-ocsp',
  title: 'The OCSP responder says that the certificate has been revoked.',
  analyzer: 'tls',
  must: ['tls.certificate-revoked'],
  hosts: {
    autodiscover: mailServer({ certificate: published({ ocsp: '/ocsp/issuing' }) }),
    pki: publisher({ '/ocsp/issuing': responder('issuing', revoked) }),
  },
});
