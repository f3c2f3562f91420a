import { mailServer } from '../hosts.ts';
import { expired } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

export const certificateExpired = defineWorld({
  name: 'certificate-expired',
  title: 'The certificate of the mail server has expired.',
  must: ['tls.certificate-expired'],
  hosts: { autodiscover: mailServer({ certificate: expired }) },
});
