import { mailServer, publisher } from '../hosts.ts';
import { published } from '../pki/published.ts';
import { revocationList } from '../publisher/site.ts';
import { defineWorld } from '../world.ts';

const list = revocationList('issuing', {}, (domain) => [`autodiscover.${domain}`]);

export const revokedByList = defineWorld({
  name: 'revoked-by-list',
  title: 'The certificate is on the revocation list of its issuer.',
  analyzer: 'tls',
  must: ['tls.certificate-revoked'],
  hosts: {
    autodiscover: mailServer({ certificate: published({ crl: '/issuing.crl' }) }),
    pki: publisher({ '/issuing.crl': list }),
  },
});
