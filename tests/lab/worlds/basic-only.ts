import { mailServer } from '../hosts.ts';
import { passwordsOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const basicOnly = defineWorld({
  name: 'basic-only',
  title: 'The mail server offers Basic and nothing else.',
  must: ['auth.basic-only'],
  hosts: { autodiscover: mailServer({ offers: passwordsOnly }) },
});
