import { mailServer } from '../hosts.ts';
import { negotiateOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const kerberosOnly = defineWorld({
  name: 'kerberos-only',
  title: 'The mail server offers Negotiate alone, and answers NTLM there as if it had heard nothing.',
  must: ['auth.kerberos-only'],
  hosts: { autodiscover: mailServer({ offers: negotiateOnly, ntlm: { kerberosOnly: 'names-itself' } }) },
});
