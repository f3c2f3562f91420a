import { redirectTo } from '../autodiscover/redirects.ts';
import { mailServerWithHttps } from '../hosts.ts';
import { below } from '../http/gateways.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { overTls } from '../net/tls.ts';
import type { Place } from '../place.ts';
import { signInPage } from '../web/website.ts';
import { defineWorld } from '../world.ts';

const atForm = ({ host }: Place): string =>
  `https://${host}/CookieAuth.dll?GetLogon?curl=Z2FmapiZ2Femsmdb&reason=0&formdir=1`;

export const mapiSignInForm = defineWorld({
  name: 'mapi-sign-in-form',
  title: 'A gateway sends requests for the mailbox to a form for signing in.',
  analyzer: 'mapi-http',
  must: ['http.pre-authentication'],
  hosts: {
    autodiscover: mailServerWithHttps(
      overTls(http(below('/cookieauth.dll', signInPage, exchange({ mapi: redirectTo(atForm) })))),
    ),
  },
});
