import { mailServer } from '../hosts.ts';
import { wrongName } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

export const certificateWrongName = defineWorld({
  name: 'certificate-wrong-name',
  title: 'The certificate was made for another host name.',
  must: ['tls.certificate-name-mismatch'],
  hosts: { autodiscover: mailServer({ certificate: wrongName }) },
});
