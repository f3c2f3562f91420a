import { mailServer } from '../hosts.ts';
import { passwordsOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const requiredMethodMissing = defineWorld({
  name: 'required-method-missing',
  title: 'Clients are told to sign in with Negotiate, but the services of the mailbox offer Basic alone.',
  must: ['auth.required-method-missing'],
  may: ['auth.basic-only'],
  hosts: {
    autodiscover: mailServer({ services: { offers: passwordsOnly }, settings: { authPackage: () => 'Negotiate' } }),
  },
});
