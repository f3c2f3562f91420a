import { mailServer } from '../hosts.ts';
import { protocolDisabled } from '../mail/policies.ts';
import { defineWorld } from '../world.ts';

export const policyDisablesProtocol = defineWorld({
  name: 'policy-disables-protocol',
  title: 'The password is right, but this way in has been switched off for the mailbox.',
  must: ['auth.blocked-by-policy'],
  hosts: { autodiscover: mailServer({ policy: protocolDisabled }) },
});
