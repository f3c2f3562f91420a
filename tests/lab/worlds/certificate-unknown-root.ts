import { mailServer } from '../hosts.ts';
import { unknownRoot } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

export const certificateUnknownRoot = defineWorld({
  name: 'certificate-unknown-root',
  title: 'The certificate comes from an authority that nobody trusts.',
  must: ['tls.certificate-untrusted-root'],
  hosts: { autodiscover: mailServer({ certificate: unknownRoot }) },
});
