import { mailServerWithHttps } from '../hosts.ts';
import { balancing } from '../http/gateways.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const healthyMapiBalanced = defineWorld({
  name: 'healthy-mapi-balanced',
  title: 'Two servers share the work, and a cookie of the balancer leads each client back to its own.',
  analyzer: 'mapi-http',
  hosts: { autodiscover: mailServerWithHttps(overTls(http(balancing(() => exchange())))) },
});
