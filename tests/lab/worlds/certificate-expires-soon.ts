import { mailServer } from '../hosts.ts';
import { expiresSoon } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

export const certificateExpiresSoon = defineWorld({
  name: 'certificate-expires-soon',
  title: 'The certificate of the mail server is valid for ten more days.',
  must: ['tls.certificate-expires-soon'],
  hosts: { autodiscover: mailServer({ certificate: expiresSoon }) },
});
