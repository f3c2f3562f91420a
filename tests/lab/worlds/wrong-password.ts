import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const wrongPassword = defineWorld({
  name: 'wrong-password',
  title: 'The mail system is well, but the password given here is wrong.',
  must: ['auth.rejected'],
  // Its names may mean that it knows the person by another one: told as a notice.
  may: ['auth.user-name-form'],
  hosts: { autodiscover: mailServer() },
  toldPassword: 'Not:the-Passwört',
});
