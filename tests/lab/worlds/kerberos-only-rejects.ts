import { mailServer } from '../hosts.ts';
import { negotiateOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const kerberosOnlyRejects = defineWorld({
  name: 'kerberos-only-rejects',
  title: 'The mail server offers Negotiate alone, and says no to NTLM there.',
  must: ['auth.kerberos-only'],
  hosts: { autodiscover: mailServer({ offers: negotiateOnly, ntlm: { kerberosOnly: 'rejects' } }) },
});
