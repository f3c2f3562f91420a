import { mailServer } from '../hosts.ts';
import { fromFirewall } from '../pki/issuers.ts';
import { defineWorld } from '../world.ts';

export const inspectingProxy = defineWorld({
  name: 'inspecting-proxy',
  title: 'A firewall opens the encryption and shows a certificate of its own.',
  analyzer: 'tls',
  must: ['tls.interception', 'tls.certificate-untrusted-root'],
  hosts: { autodiscover: mailServer({ certificate: fromFirewall }) },
});
