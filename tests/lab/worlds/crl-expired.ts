import { mailServer, publisher } from '../hosts.ts';
import { published } from '../pki/published.ts';
import { daysFromNow } from '../pki/usual.ts';
import { revocationList } from '../publisher/site.ts';
import { defineWorld } from '../world.ts';

const OVER = { thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-2) };

export const crlExpired = defineWorld({
  name: 'crl-expired',
  title: 'The revocation list is out of date.',
  analyzer: 'tls',
  must: ['tls.revocation-unknown'],
  hosts: {
    autodiscover: mailServer({ certificate: published({ crl: '/issuing.crl' }) }),
    pki: publisher({ '/issuing.crl': revocationList('issuing', OVER) }),
  },
});
