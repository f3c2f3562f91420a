import { mailServer } from '../hosts.ts';
import { authorityAsServer } from '../pki/leaves.ts';
import { defineWorld } from '../world.ts';

export const certificateOfAuthority = defineWorld({
  name: 'certificate-of-authority',
  title: 'The certificate of the mail server says that it is an authority.',
  analyzer: 'tls',
  must: ['tls.certificate-wrong-usage'],
  hosts: { autodiscover: mailServer({ certificate: authorityAsServer }) },
});
