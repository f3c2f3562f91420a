import { mailServer } from '../hosts.ts';
import { ntlmOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const healthyNtlm = defineWorld({
  name: 'healthy-ntlm',
  title: 'The mail server takes NTLM and nothing else, and all is well.',
  must: ['auth.ntlm-reveals-names'],
  hosts: { autodiscover: mailServer({ offers: ntlmOnly }) },
});
