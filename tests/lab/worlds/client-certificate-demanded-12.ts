import { mailServer } from '../hosts.ts';
import { only12 } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const clientCertificateDemanded12 = defineWorld({
  name: 'client-certificate-demanded-12',
  title: 'The mail server lets nobody in without a client certificate, and speaks TLS 1.2.',
  must: ['tls.client-certificate-required'],
  hosts: { autodiscover: mailServer({ ...only12, clientCertificate: 'demanded' }) },
});
