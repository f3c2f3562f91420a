import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const wrongPassword = defineWorld({
  name: 'wrong-password',
  title: 'The mail system is well, but the password given here is wrong.',
  must: ['auth.rejected'],
  hosts: { autodiscover: mailServer() },
  toldPassword: 'Not:the-Passwört',
});
