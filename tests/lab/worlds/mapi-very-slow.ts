import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mapiVerySlow = defineWorld({
  name: 'mapi-very-slow',
  title: 'The mail server takes 1,500 ms for every answer about the mailbox.',
  analyzer: 'mapi-http',
  must: ['mapi.slow-response'],
  hosts: { autodiscover: mailServer({ mapi: { slow: { ms: 1_500, types: ['Connect', 'Execute', 'PING'] } } }) },
});
