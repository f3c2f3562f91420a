import { mailServer } from '../hosts.ts';
import { ntlmOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const ntlmTooOld = defineWorld({
  name: 'ntlm-too-old',
  title: 'The mail server knows nothing but the first version of NTLM.',
  must: ['auth.ntlm-too-old'],
  hosts: { autodiscover: mailServer({ offers: ntlmOnly, ntlm: { tooOld: true } }) },
});
