import { mailServer, webServer } from '../hosts.ts';
import { openIdProvider } from '../oauth/provider.ts';
import { defineWorld } from '../world.ts';

export const healthyModern = defineWorld({
  name: 'healthy-modern',
  title: 'The mail server takes tokens beside passwords, and all is well.',
  hosts: { autodiscover: mailServer({ bearer: {} }), login: webServer(openIdProvider()) },
});
