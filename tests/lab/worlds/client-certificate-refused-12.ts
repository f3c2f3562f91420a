import { mailServer } from '../hosts.ts';
import { only12 } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const clientCertificateRefused12 = defineWorld({
  name: 'client-certificate-refused-12',
  title: 'The mail server does not accept the client certificate that is given, and speaks TLS 1.2.',
  analyzer: 'tls',
  must: ['tls.client-certificate-required'],
  clientCertificate: 'stranger',
  hosts: { autodiscover: mailServer({ ...only12, clientCertificate: 'demanded' }) },
});
