import { mailServer } from '../hosts.ts';
import { negotiateOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const healthyNegotiate = defineWorld({
  name: 'healthy-negotiate',
  title: 'The mail server takes Negotiate and nothing else, and all is well.',
  must: ['auth.ntlm-reveals-names'],
  hosts: { autodiscover: mailServer({ offers: negotiateOnly }) },
});
