import { mailServer, webServer } from '../hosts.ts';
import { parrot, parrotProvider } from '../mail/echo.ts';
import { tokensOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const echoToken = defineWorld({
  name: 'echo-token',
  title: 'Sign-in service and mail server send back codes and tokens.',
  signInWith: 'device-code',
  must: ['autodiscover.provider-error'],
  hosts: {
    autodiscover: mailServer({ offers: tokensOnly, beforeSignIn: parrot({ offers: tokensOnly }) }),
    login: webServer(parrotProvider()),
  },
});
