import { mailServer } from '../hosts.ts';
import { frontEnd } from '../mail/exchange.ts';
import { defineWorld } from '../world.ts';

export const http405 = defineWorld({
  name: 'http-405',
  title: 'A gateway lets no POST request through to the mail server.',
  must: ['http.verb-blocked'],
  hosts: { autodiscover: mailServer({ beforeSignIn: frontEnd(405, [['Allow', 'GET, HEAD']]) }) },
});
