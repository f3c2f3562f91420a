import { mailServer } from '../hosts.ts';
import { onlyForClients } from '../pki/leaves.ts';
import { defineWorld } from '../world.ts';

export const certificateForClients = defineWorld({
  name: 'certificate-for-clients',
  title: 'The certificate may be used by clients only.',
  analyzer: 'tls',
  must: ['tls.certificate-wrong-usage'],
  hosts: { autodiscover: mailServer({ certificate: onlyForClients }) },
});
