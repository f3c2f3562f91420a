import { mailServerWithHttps } from '../hosts.ts';
import { overTcp, refuseWith } from '../net/behaviours.ts';
import { defineWorld } from '../world.ts';

export const tlsAlertUnrecognizedName = defineWorld({
  name: 'tls-alert-unrecognized-name',
  title: 'The mail server has no certificate for its own name.',
  analyzer: 'tls',
  must: ['tls.handshake-failed'],
  hosts: { autodiscover: mailServerWithHttps(overTcp(refuseWith(112))) },
});
