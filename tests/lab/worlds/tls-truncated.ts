import { mailServerWithHttps } from '../hosts.ts';
import { hangUpInHello, overTcp } from '../net/behaviours.ts';
import { defineWorld } from '../world.ts';

export const tlsTruncated = defineWorld({
  name: 'tls-truncated',
  title: 'The mail server hangs up in the middle of its first message.',
  analyzer: 'tls',
  must: ['tls.handshake-failed'],
  hosts: { autodiscover: mailServerWithHttps(overTcp(hangUpInHello)) },
});
