import { mailServerWithHttps } from '../hosts.ts';
import { closingBetweenLegs } from '../http/proxies.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const proxyClosesBetweenLegs = defineWorld({
  name: 'proxy-closes-between-legs',
  title: 'A proxy closes the connection as soon as a sign-in with NTLM has begun.',
  must: ['auth.ntlm-broken-by-proxy'],
  hosts: { autodiscover: mailServerWithHttps(overTls(http(closingBetweenLegs(exchange())))) },
});
