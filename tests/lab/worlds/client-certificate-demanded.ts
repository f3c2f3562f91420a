import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const clientCertificateDemanded = defineWorld({
  name: 'client-certificate-demanded',
  title: 'The mail server lets nobody in without a client certificate, and says so in TLS 1.3.',
  must: ['tls.client-certificate-required'],
  hosts: { autodiscover: mailServer({ clientCertificate: 'demanded' }) },
});
