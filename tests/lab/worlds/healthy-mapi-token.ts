import { mailServer, webServer } from '../hosts.ts';
import { tokensOnly } from '../mail/sign-in.ts';
import { openIdProvider } from '../oauth/provider.ts';
import { defineWorld } from '../world.ts';

export const healthyMapiToken = defineWorld({
  name: 'healthy-mapi-token',
  title: 'The mailbox opens with a token alone.',
  analyzer: 'mapi-http',
  signInWith: 'device-code',
  hosts: { autodiscover: mailServer({ offers: tokensOnly }), login: webServer(openIdProvider()) },
});
