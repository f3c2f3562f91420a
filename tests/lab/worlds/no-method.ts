import { mailServer } from '../hosts.ts';
import { nothing } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const noMethod = defineWorld({
  name: 'no-method',
  title: 'The mail server asks for a sign-in, but does not say by which method.',
  must: ['auth.no-method-offered'],
  hosts: { autodiscover: mailServer({ offers: nothing }) },
});
