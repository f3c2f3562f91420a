import { mailServerWithHttps } from '../hosts.ts';
import { endingTls } from '../http/proxies.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { windowsOnly } from '../mail/sign-in.ts';
import { overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const extendedProtectionBrokenAlone = defineWorld({
  name: 'extended-protection-broken-alone',
  title: 'Extended Protection is required behind a proxy that ends TLS, and there is no other way in than NTLM.',
  must: ['auth.rejected'],
  // Its names may mean that it knows the person by another one: told as a notice.
  may: ['auth.user-name-form'],
  hosts: {
    autodiscover: mailServerWithHttps(
      overTls(http(endingTls(exchange({ offers: windowsOnly, ntlm: { protection: 'required' } })))),
    ),
  },
});
