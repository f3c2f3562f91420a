import { mailServerWithHttps } from '../hosts.ts';
import { endingTls } from '../http/proxies.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const extendedProtectionBroken = defineWorld({
  name: 'extended-protection-broken',
  title: 'Extended Protection is required, but a proxy in front of the mail server ends TLS.',
  must: ['auth.channel-binding-broken'],
  hosts: {
    autodiscover: mailServerWithHttps(overTls(http(endingTls(exchange({ ntlm: { protection: 'required' } }))))),
  },
});
