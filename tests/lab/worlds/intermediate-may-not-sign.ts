import { mailServer } from '../hosts.ts';
import { mayNotSign } from '../pki/issuers.ts';
import { defineWorld } from '../world.ts';

export const intermediateMayNotSign = defineWorld({
  name: 'intermediate-may-not-sign',
  title: 'The issuer of the certificate may sign revocation lists only.',
  analyzer: 'tls',
  must: ['tls.certificate-invalid'],
  hosts: { autodiscover: mailServer({ certificate: mayNotSign }) },
});
