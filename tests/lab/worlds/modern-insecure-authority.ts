import { mailServer } from '../hosts.ts';
import { tokensOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const modernInsecureAuthority = defineWorld({
  name: 'modern-insecure-authority',
  title: 'The mail server sends clients for a token to an address without TLS.',
  must: ['auth.modern-misconfigured'],
  hosts: {
    autodiscover: mailServer({
      offers: tokensOnly,
      bearer: { authority: ({ domain }) => `http://login.${domain}/common/oauth2/authorize` },
    }),
  },
});
