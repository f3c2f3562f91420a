import { mailServer } from '../hosts.ts';
import { weakAllowed } from '../net/tls.ts';
import { rsa1024 } from '../pki/leaves.ts';
import { defineWorld } from '../world.ts';

export const certificateRsa1024 = defineWorld({
  name: 'certificate-rsa-1024',
  title: 'The key of the certificate is too short.',
  analyzer: 'tls',
  must: ['tls.certificate-weak'],
  hosts: { autodiscover: mailServer({ certificate: rsa1024, ...weakAllowed }) },
});
