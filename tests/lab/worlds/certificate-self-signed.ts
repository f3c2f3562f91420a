import { mailServer } from '../hosts.ts';
import { selfSigned } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

export const certificateSelfSigned = defineWorld({
  name: 'certificate-self-signed',
  title: 'The mail server signed its certificate itself.',
  must: ['tls.certificate-self-signed'],
  hosts: { autodiscover: mailServer({ certificate: selfSigned }) },
});
