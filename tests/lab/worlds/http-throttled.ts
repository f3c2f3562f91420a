import { mailServer } from '../hosts.ts';
import { frontEnd } from '../mail/exchange.ts';
import { defineWorld } from '../world.ts';

export const httpThrottled = defineWorld({
  name: 'http-throttled',
  title: 'The mail server says that there were too many requests.',
  must: ['http.throttled'],
  hosts: { autodiscover: mailServer({ beforeSignIn: frontEnd(429, [['Retry-After', '120']]) }) },
});
