import { mailServerWithHttps } from '../hosts.ts';
import { spreadingLegs } from '../http/proxies.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const proxySpreadsLegs = defineWorld({
  name: 'proxy-spreads-legs',
  title: 'A proxy sends each request over another connection, so that NTLM never comes to an end.',
  must: ['auth.ntlm-broken-by-proxy'],
  hosts: { autodiscover: mailServerWithHttps(overTls(http(spreadingLegs(exchange())))) },
});
