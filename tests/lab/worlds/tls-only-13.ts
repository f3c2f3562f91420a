import { mailServer } from '../hosts.ts';
import { only13 } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const tlsOnly13 = defineWorld({
  name: 'tls-only-13',
  title: 'Everything is well: the mail server speaks TLS 1.3 and nothing older.',
  analyzer: 'tls',
  hosts: { autodiscover: mailServer(only13) },
});
