import { mailServerWithHttps } from '../hosts.ts';
import { endingTls } from '../http/proxies.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const proxyEndsTls = defineWorld({
  name: 'proxy-ends-tls',
  title: 'A proxy in front of the mail server ends TLS, which does no harm as long as nobody checks.',
  hosts: { autodiscover: mailServerWithHttps(overTls(http(endingTls(exchange())))) },
});
