import { redirectTo } from '../autodiscover/redirects.ts';
import { mailServer, webServer } from '../hosts.ts';
import { signInPage } from '../web/website.ts';
import { defineWorld } from '../world.ts';

export const redirectToLogin = defineWorld({
  name: 'redirect-to-login',
  title: 'A gateway sends clients on to its sign-in page, as if that were Autodiscover.',
  analyzer: 'autodiscover',
  must: ['http.unexpected-answer'],
  hosts: {
    autodiscover: mailServer({ beforeSignIn: redirectTo(({ domain }) => `https://mail.${domain}/gateway/sign-in`) }),
    mail: webServer(signInPage),
  },
});
