import { mailServer, publisher } from '../hosts.ts';
import { published } from '../pki/published.ts';
import { endlessList } from '../publisher/endless.ts';
import { defineWorld } from '../world.ts';

export const crlWithoutEnd = defineWorld({
  name: 'crl-without-end',
  title: 'The revocation list has no end.',
  analyzer: 'tls',
  must: ['tls.revocation-unknown'],
  hosts: {
    autodiscover: mailServer({ certificate: published({ crl: '/issuing.crl' }) }),
    pki: publisher({ '/issuing.crl': endlessList('issuing') }),
  },
});
