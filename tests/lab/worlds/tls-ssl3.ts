import { mailServerWithHttps } from '../hosts.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { behindDoorman, takesSsl3 } from '../net/doorman.ts';
import { defineWorld } from '../world.ts';

export const tlsSsl3 = defineWorld({
  name: 'tls-ssl3',
  title: 'The mail server still speaks SSL 3.0 with those who speak nothing newer.',
  analyzer: 'tls',
  must: ['tls.old-protocol-enabled'],
  hosts: { autodiscover: mailServerWithHttps(behindDoorman(takesSsl3, http(exchange()))) },
});
