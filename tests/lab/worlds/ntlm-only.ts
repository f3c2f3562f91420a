import { mailServer } from '../hosts.ts';
import { windowsOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const ntlmOnly = defineWorld({
  name: 'ntlm-only',
  title: 'The mail server takes only Windows sign-in: NTLM or Negotiate.',
  must: ['auth.ntlm-reveals-names'],
  hosts: { autodiscover: mailServer({ offers: windowsOnly }) },
});
