import { mailServer } from '../hosts.ts';
import { windowsOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const ntlmWrongPassword = defineWorld({
  name: 'ntlm-wrong-password',
  title: 'The mail server takes NTLM alone, and the password given here is wrong.',
  must: ['auth.rejected'],
  toldPassword: 'Not:the-Passwört',
  hosts: { autodiscover: mailServer({ offers: windowsOnly }) },
});
