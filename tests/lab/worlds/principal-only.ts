import { mailServer } from '../hosts.ts';
import { nameIn } from '../mail/directory.ts';
import { defineWorld } from '../world.ts';

export const principalOnly = defineWorld({
  name: 'principal-only',
  title: 'The mail server knows the user only by the address, and the name with the domain in front was given.',
  must: ['auth.rejected', 'auth.user-name-form'],
  toldUsername: (email) => nameIn('down-level', email),
  hosts: { autodiscover: mailServer({ users: ['principal'] }) },
});
