import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const anonymous = defineWorld({
  name: 'anonymous',
  title: 'The mail server hands out the settings without any sign-in.',
  must: ['auth.anonymous-allowed'],
  hosts: { autodiscover: mailServer({ anonymous: true }) },
});
