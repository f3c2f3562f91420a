import { mailServer } from '../hosts.ts';
import { notYetValid } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

export const certificateNotYetValid = defineWorld({
  name: 'certificate-not-yet-valid',
  title: 'The certificate of the mail server is valid only from a later day on.',
  must: ['tls.certificate-not-yet-valid'],
  hosts: { autodiscover: mailServer({ certificate: notYetValid }) },
});
