import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const clientCertificateWished = defineWorld({
  name: 'client-certificate-wished',
  title: 'Everything is well: the mail server asks for a client certificate, and goes on without.',
  analyzer: 'tls',
  hosts: { autodiscover: mailServer({ clientCertificate: 'wished' }) },
});
