import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const healthyMapiHttp = defineWorld({
  name: 'healthy-mapi-http',
  title: 'The mailbox opens over MAPI over HTTP with a password, and all is well.',
  analyzer: 'mapi-http',
  hosts: { autodiscover: mailServer() },
});
