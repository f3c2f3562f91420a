import { mailServerWithHttps } from '../hosts.ts';
import { strippingTokens } from '../http/proxies.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { ntlmOnly } from '../mail/sign-in.ts';
import { overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const proxyStripsTokens = defineWorld({
  name: 'proxy-strips-tokens',
  title: 'A proxy takes the challenge out of the header in which NTLM sends it.',
  must: ['auth.ntlm-broken-by-proxy'],
  hosts: { autodiscover: mailServerWithHttps(overTls(http(strippingTokens(exchange({ offers: ntlmOnly }))))) },
});
