import { mailServerWithHttps } from '../hosts.ts';
import { nonsenseInRecord, overTcp } from '../net/behaviours.ts';
import { defineWorld } from '../world.ts';

export const tlsGarbage = defineWorld({
  name: 'tls-garbage',
  title: 'The mail server answers with a record of TLS that holds nonsense.',
  analyzer: 'tls',
  must: ['tls.handshake-failed'],
  hosts: { autodiscover: mailServerWithHttps(overTcp(nonsenseInRecord)) },
});
