import { mailServerWithHttps } from '../hosts.ts';
import { strippingWindows } from '../http/proxies.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { windowsOnly } from '../mail/sign-in.ts';
import { overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const proxyStripsMethods = defineWorld({
  name: 'proxy-strips-methods',
  title: 'A proxy lets through no method of sign-in that it does not know, and the mail server offers no other.',
  must: ['auth.no-method-offered'],
  hosts: { autodiscover: mailServerWithHttps(overTls(http(strippingWindows(exchange({ offers: windowsOnly }))))) },
});
