import { mailServer } from '../hosts.ts';
import { ntlmOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const healthyMapiNtlm = defineWorld({
  name: 'healthy-mapi-ntlm',
  title: 'The mailbox opens with NTLM, and all is well.',
  analyzer: 'mapi-http',
  must: ['auth.ntlm-reveals-names'],
  hosts: { autodiscover: mailServer({ offers: ntlmOnly }) },
});
