import { mailServerWithHttps } from '../hosts.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { behindDoorman, takesSuite } from '../net/doorman.ts';
import { defineWorld } from '../world.ts';

export const tls3des = defineWorld({
  name: 'tls-3des',
  title: 'The mail server takes clients that offer nothing better than 3DES.',
  analyzer: 'tls',
  must: ['tls.weak-cipher'],
  hosts: { autodiscover: mailServerWithHttps(behindDoorman(takesSuite(0x000a, 0x0303), http(exchange()))) },
});
