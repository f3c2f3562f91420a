import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const serverOutOfSupport = defineWorld({
  name: 'server-out-of-support',
  title: 'The mail server is an Exchange 2016, which gets no updates any more.',
  analyzer: 'mapi-http',
  must: ['server.out-of-support'],
  hosts: { autodiscover: mailServer({ mapi: { application: 'Exchange/15.01.2507.006' } }) },
});
