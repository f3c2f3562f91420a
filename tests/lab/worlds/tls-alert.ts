import { mailServerWithHttps } from '../hosts.ts';
import { overTcp, refuseHandshake } from '../net/behaviours.ts';
import { defineWorld } from '../world.ts';

export const tlsAlert = defineWorld({
  name: 'tls-alert',
  title: 'The mail server refuses every TLS handshake with an alert.',
  must: ['tls.handshake-failed'],
  hosts: { autodiscover: mailServerWithHttps(overTcp(refuseHandshake)) },
});
