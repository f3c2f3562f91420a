import { mailServer } from '../hosts.ts';
import { frontEnd } from '../mail/exchange.ts';
import { defineWorld } from '../world.ts';

export const http503 = defineWorld({
  name: 'http-503',
  title: 'The Autodiscover service is stopped.',
  must: ['http.unavailable'],
  hosts: { autodiscover: mailServer({ beforeSignIn: frontEnd(503) }) },
});
