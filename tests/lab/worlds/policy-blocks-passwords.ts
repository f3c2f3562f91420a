import { mailServer } from '../hosts.ts';
import { passwordsBlocked } from '../mail/policies.ts';
import { passwordsOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const policyBlocksPasswords = defineWorld({
  name: 'policy-blocks-passwords',
  title: 'The password is right, but a policy of the organization forbids to sign in with one.',
  must: ['auth.blocked-by-policy'],
  may: ['auth.basic-only'],
  hosts: { autodiscover: mailServer({ offers: passwordsOnly, policy: passwordsBlocked }) },
});
