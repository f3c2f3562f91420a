import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

// The proxy is the plain HTTP port of the mail server: it understands CONNECT no better than a proxy that forbids it.
export const outboundProxyRefuses = defineWorld({
  name: 'outbound-proxy-refuses',
  title: 'The only way out is a proxy, and that lets nothing through to the mail server.',
  must: ['net.outbound-proxy-refused'],
  hosts: { autodiscover: mailServer() },
  network: ({ http }, addressOf) => ['--proxy', `http://${addressOf('autodiscover')}:${http}`],
});
