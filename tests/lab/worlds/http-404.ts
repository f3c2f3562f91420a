import { mailServer } from '../hosts.ts';
import { notFound } from '../mail/exchange.ts';
import { defineWorld } from '../world.ts';

export const http404 = defineWorld({
  name: 'http-404',
  title: 'The mail server does not know the Autodiscover path.',
  must: ['http.not-found'],
  hosts: { autodiscover: mailServer({ beforeSignIn: notFound }) },
});
