import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const clientCertificateGiven = defineWorld({
  name: 'client-certificate-given',
  title: 'Everything is well: the mail server demands a client certificate, and the one that is given opens the door.',
  clientCertificate: 'known',
  hosts: { autodiscover: mailServer({ clientCertificate: 'demanded' }) },
});
