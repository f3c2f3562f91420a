import { mailServerWithHttps } from '../hosts.ts';
import { withoutAffinity } from '../http/gateways.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const mapiWithoutAffinity = defineWorld({
  name: 'mapi-without-affinity',
  title: 'A balancer leads each connection to another server, where nobody knows the session.',
  analyzer: 'mapi-http',
  must: ['mapi.session-lost'],
  hosts: { autodiscover: mailServerWithHttps(overTls(http(withoutAffinity(() => exchange())))) },
});
