import { mailServer } from '../hosts.ts';
import { only12 } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const clientCertificateGiven12 = defineWorld({
  name: 'client-certificate-given-12',
  title: 'Everything is well: the same in TLS 1.2.',
  analyzer: 'tls',
  clientCertificate: 'known',
  hosts: { autodiscover: mailServer({ ...only12, clientCertificate: 'demanded' }) },
});
