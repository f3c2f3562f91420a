import { mailServer } from '../hosts.ts';
import { frontEnd } from '../mail/exchange.ts';
import { defineWorld } from '../world.ts';

export const httpRedirect = defineWorld({
  name: 'http-redirect',
  title: 'The mail server redirects to another host instead of asking for a sign-in.',
  must: ['http.unexpected-redirect'],
  hosts: {
    autodiscover: mailServer({
      beforeSignIn: frontEnd(302, [['Location', 'https://mail.elsewhere.lab.test/autodiscover/autodiscover.xml']]),
    }),
  },
});
