import { mailServer, webServer } from '../hosts.ts';
import { tokensOnly } from '../mail/sign-in.ts';
import { openIdProvider } from '../oauth/provider.ts';
import { defineWorld } from '../world.ts';

export const tokenWrongAudience = defineWorld({
  name: 'token-wrong-audience',
  title: 'The token that is to be had is for another service than the mail server.',
  must: ['auth.token-refused'],
  signInWith: 'device-code',
  hosts: {
    autodiscover: mailServer({ offers: tokensOnly }),
    login: webServer(openIdProvider({ claims: { aud: 'https://graph.example.test/' } })),
  },
});
