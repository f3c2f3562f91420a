import { mailServer } from '../hosts.ts';
import { frontEnd } from '../mail/exchange.ts';
import { defineWorld } from '../world.ts';

export const http403 = defineWorld({
  name: 'http-403',
  title: 'The mail server forbids access to Autodiscover.',
  must: ['http.forbidden'],
  hosts: { autodiscover: mailServer({ beforeSignIn: frontEnd(403) }) },
});
