import { mailServer, webServer } from '../hosts.ts';
import { tokensOnly } from '../mail/sign-in.ts';
import { openIdProvider } from '../oauth/provider.ts';
import { defineWorld } from '../world.ts';

export const tokenWithoutScope = defineWorld({
  name: 'token-without-scope',
  title: 'The token that is to be had allows nothing that has to do with mail.',
  must: ['auth.token-refused'],
  signInWith: 'device-code',
  hosts: {
    autodiscover: mailServer({ offers: tokensOnly, bearer: { plainWords: true } }),
    login: webServer(openIdProvider({ claims: { scp: 'User.Read' } })),
  },
});
