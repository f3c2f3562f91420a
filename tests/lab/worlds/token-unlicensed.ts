import { mailServer, webServer } from '../hosts.ts';
import { tokensOnly } from '../mail/sign-in.ts';
import { openIdProvider } from '../oauth/provider.ts';
import { defineWorld } from '../world.ts';

export const tokenUnlicensed = defineWorld({
  name: 'token-unlicensed',
  title: 'The token is good, but the person has no licence for a mailbox.',
  must: ['auth.token-refused'],
  signInWith: 'device-code',
  hosts: {
    autodiscover: mailServer({ offers: tokensOnly, bearer: { unlicensed: true } }),
    login: webServer(openIdProvider()),
  },
});
