import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mapiSlow = defineWorld({
  name: 'mapi-slow',
  title: 'The mail server takes 700 ms for every answer.',
  must: ['mapi.slow-response'],
  hosts: { autodiscover: mailServer({ mapi: { slow: { ms: 700 } } }) },
});
