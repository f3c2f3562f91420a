import { mailServerWithHttps } from '../hosts.ts';
import { overTcp, resetOnFirstBytes } from '../net/behaviours.ts';
import { defineWorld } from '../world.ts';

export const connectionReset = defineWorld({
  name: 'connection-reset',
  title: 'The connection is reset in the middle of the TLS handshake.',
  must: ['net.reset'],
  hosts: { autodiscover: mailServerWithHttps(overTcp(resetOnFirstBytes)) },
});
