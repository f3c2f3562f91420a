import { mailServer, webServer } from '../hosts.ts';
import { tokensOnly } from '../mail/sign-in.ts';
import { openIdProvider } from '../oauth/provider.ts';
import { defineWorld } from '../world.ts';

export const modernWrongIssuer = defineWorld({
  name: 'modern-wrong-issuer',
  title: 'The sign-in service that the mail server names says that it is another one.',
  must: ['auth.modern-misconfigured'],
  signInWith: 'device-code',
  hosts: {
    autodiscover: mailServer({ offers: tokensOnly }),
    login: webServer(openIdProvider({ issuer: 'https://sign-in.elsewhere.test/' })),
  },
});
