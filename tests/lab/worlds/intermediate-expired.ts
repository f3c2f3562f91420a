import { mailServer } from '../hosts.ts';
import { withExpiredIntermediate } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

export const intermediateExpired = defineWorld({
  name: 'intermediate-expired',
  title: 'The certificate is valid, but the intermediate above it has expired.',
  must: ['tls.intermediate-expired'],
  hosts: { autodiscover: mailServer({ certificate: withExpiredIntermediate }) },
});
