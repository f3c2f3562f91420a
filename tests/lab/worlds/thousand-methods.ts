import { mailServer } from '../hosts.ts';
import { thousandMore } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const thousandMethods = defineWorld({
  name: 'thousand-methods',
  title: 'The mail server offers a thousand methods of sign-in that nobody knows, beside the usual ones.',
  must: ['auth.unexpected-method'],
  may: ['net.limit-reached'],
  hosts: { autodiscover: mailServer({ offers: thousandMore }) },
});
