import { mailServer } from '../hosts.ts';
import { tokensOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const modernWithoutAuthority = defineWorld({
  name: 'modern-without-authority',
  title: 'The mail server wants tokens, and does not say where to get one.',
  must: ['auth.modern-misconfigured'],
  hosts: { autodiscover: mailServer({ offers: tokensOnly, bearer: { authority: 'none' } }) },
});
