import { mailServer } from '../hosts.ts';
import { windowsOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const ntlmWrongPassword = defineWorld({
  name: 'ntlm-wrong-password',
  title: 'The mail server takes NTLM alone, and the password given here is wrong.',
  must: ['auth.rejected'],
  // Its names may mean that it knows the person by another one: told as a notice.
  may: ['auth.user-name-form'],
  toldPassword: 'Not:the-Passwört',
  hosts: { autodiscover: mailServer({ offers: windowsOnly }) },
});
