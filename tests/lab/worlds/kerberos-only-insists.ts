import { mailServer } from '../hosts.ts';
import { negotiateOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const kerberosOnlyInsists = defineWorld({
  name: 'kerberos-only-insists',
  title: 'The mail server offers Negotiate alone, and answers NTLM there by asking for a Kerberos ticket.',
  must: ['auth.kerberos-only'],
  hosts: { autodiscover: mailServer({ offers: negotiateOnly, ntlm: { kerberosOnly: 'insists' } }) },
});
