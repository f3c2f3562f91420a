import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const downLevelOnly = defineWorld({
  name: 'down-level-only',
  title: 'The mail server knows the user only with the name of the domain in front, and the address was given.',
  must: ['auth.rejected', 'auth.user-name-form'],
  hosts: { autodiscover: mailServer({ users: ['down-level'] }) },
});
