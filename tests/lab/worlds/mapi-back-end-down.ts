import { mailServer } from '../hosts.ts';
import { frontEnd } from '../mail/exchange.ts';
import { defineWorld } from '../world.ts';

export const mapiBackEndDown = defineWorld({
  name: 'mapi-back-end-down',
  title: 'The front end is well, the server behind it that has the mailboxes is down.',
  analyzer: 'mapi-http',
  must: ['http.unavailable'],
  hosts: { autodiscover: mailServer({ mapi: frontEnd(503) }) },
});
