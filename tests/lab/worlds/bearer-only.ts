import { mailServer, webServer } from '../hosts.ts';
import { tokensOnly } from '../mail/sign-in.ts';
import { openIdProvider } from '../oauth/provider.ts';
import { defineWorld } from '../world.ts';

export const bearerOnly = defineWorld({
  name: 'bearer-only',
  title: 'The mail server takes only tokens of modern authentication, no passwords.',
  must: ['auth.password-not-usable'],
  hosts: { autodiscover: mailServer({ offers: tokensOnly }), login: webServer(openIdProvider()) },
});
