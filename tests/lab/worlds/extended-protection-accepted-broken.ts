import { mailServerWithHttps } from '../hosts.ts';
import { endingTls } from '../http/proxies.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const extendedProtectionAcceptedBroken = defineWorld({
  name: 'extended-protection-accepted-broken',
  title: 'The mail server checks channel bindings, and a proxy that ends TLS makes all of them wrong.',
  must: ['auth.channel-binding-broken'],
  hosts: {
    autodiscover: mailServerWithHttps(overTls(http(endingTls(exchange({ ntlm: { protection: 'accepted' } }))))),
  },
});
