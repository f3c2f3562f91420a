import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

/** Lab servers hang up without an alert; with one it is tested against OpenSSL's own server. */
export const clientCertificateRefused = defineWorld({
  name: 'client-certificate-refused',
  title: 'The mail server demands a client certificate, and does not accept the one that is given.',
  must: ['tls.client-certificate-required'],
  clientCertificate: 'stranger',
  hosts: { autodiscover: mailServer({ clientCertificate: 'demanded' }) },
});
