import { mailServerWithHttps } from '../hosts.ts';
import { beginForEver, overTcp } from '../net/behaviours.ts';
import { defineWorld } from '../world.ts';

export const tlsEndless = defineWorld({
  name: 'tls-endless',
  title: 'The mail server begins the handshake anew without end.',
  analyzer: 'tls',
  must: ['net.limit-reached'],
  hosts: { autodiscover: mailServerWithHttps(overTcp(beginForEver)) },
});
