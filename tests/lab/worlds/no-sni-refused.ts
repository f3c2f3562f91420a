import { mailServerWithHttps } from '../hosts.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { behindDoorman, namesOnly } from '../net/doorman.ts';
import { defineWorld } from '../world.ts';

export const noSniRefused = defineWorld({
  name: 'no-sni-refused',
  title: 'A client that does not name the host is turned away with an alert.',
  analyzer: 'tls',
  must: ['tls.no-sni-default'],
  hosts: { autodiscover: mailServerWithHttps(behindDoorman(namesOnly, http(exchange()))) },
});
