import { mailServerWithHttps } from '../hosts.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { behindDoorman, takesSuite } from '../net/doorman.ts';
import { defineWorld } from '../world.ts';

export const tlsExport = defineWorld({
  name: 'tls-export',
  title: 'The mail server takes clients of the nineties with keys of 40 bits, in TLS 1.0.',
  analyzer: 'tls',
  must: ['tls.weak-cipher'],
  hosts: { autodiscover: mailServerWithHttps(behindDoorman(takesSuite(0x0003, 0x0301), http(exchange()))) },
});
