import { mailServer, webServer } from '../hosts.ts';
import { tokensOnly } from '../mail/sign-in.ts';
import { openIdProvider } from '../oauth/provider.ts';
import { defineWorld } from '../world.ts';

export const healthyDeviceCode = defineWorld({
  name: 'healthy-device-code',
  title: 'The mail server takes tokens alone, and somebody signs in with a code.',
  signInWith: 'device-code',
  hosts: { autodiscover: mailServer({ offers: tokensOnly }), login: webServer(openIdProvider()) },
});
