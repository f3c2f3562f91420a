import { mailServer } from '../hosts.ts';
import { badSignature } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

export const certificateBadSignature = defineWorld({
  name: 'certificate-bad-signature',
  title: 'The signature of the certificate is damaged.',
  must: ['tls.certificate-invalid'],
  hosts: { autodiscover: mailServer({ certificate: badSignature }) },
});
