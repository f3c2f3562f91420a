import { mailServerWithHttps } from '../hosts.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { behindDoorman, takesSuite } from '../net/doorman.ts';
import { defineWorld } from '../world.ts';

export const tlsRc4 = defineWorld({
  name: 'tls-rc4',
  title: 'The mail server takes clients that offer nothing better than RC4.',
  analyzer: 'tls',
  must: ['tls.weak-cipher'],
  hosts: { autodiscover: mailServerWithHttps(behindDoorman(takesSuite(0x0005, 0x0303), http(exchange()))) },
});
