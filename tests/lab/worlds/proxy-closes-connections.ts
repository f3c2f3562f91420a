import { mailServerWithHttps } from '../hosts.ts';
import { closing } from '../http/closing.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { windowsOnly } from '../mail/sign-in.ts';
import { overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const proxyClosesConnections = defineWorld({
  name: 'proxy-closes-connections',
  title: 'A proxy closes the connection after each answer, so that NTLM never comes to an end.',
  must: ['auth.ntlm-broken-by-proxy'],
  hosts: { autodiscover: mailServerWithHttps(overTls(http(closing(exchange({ offers: windowsOnly }))))) },
});
