import { mailServer } from '../hosts.ts';
import { negotiateOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const healthySpnego = defineWorld({
  name: 'healthy-spnego',
  title: 'The mail server takes NTLM only where it is wrapped up in SPNEGO, and all is well.',
  must: ['auth.ntlm-reveals-names'],
  hosts: { autodiscover: mailServer({ offers: negotiateOnly, ntlm: { wrappedOnly: true } }) },
});
