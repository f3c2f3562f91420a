import { mailServerWithHttps } from '../hosts.ts';
import { overTcp, refuseWith } from '../net/behaviours.ts';
import { defineWorld } from '../world.ts';

export const tlsAlertInternalError = defineWorld({
  name: 'tls-alert-internal-error',
  title: 'The mail server breaks off every handshake because of an error of its own.',
  analyzer: 'tls',
  must: ['tls.handshake-failed'],
  hosts: { autodiscover: mailServerWithHttps(overTcp(refuseWith(80))) },
});
