import { mailServerWithHttps } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const portClosed = defineWorld({
  name: 'port-closed',
  title: 'The mail server has an address, but nothing listens on its HTTPS port.',
  must: ['tcp.refused'],
  hosts: { autodiscover: mailServerWithHttps() },
});
