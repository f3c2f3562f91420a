import { mailServer } from '../hosts.ts';
import { frontEnd } from '../mail/exchange.ts';
import { defineWorld } from '../world.ts';

// 303 says that the answer to the request is a page, to be fetched there: no Autodiscover client goes on from here.
export const httpRedirect = defineWorld({
  name: 'http-redirect',
  title: 'A gateway sends clients to a page of its own instead of asking for a sign-in.',
  must: ['http.unexpected-redirect'],
  hosts: {
    autodiscover: mailServer({ beforeSignIn: frontEnd(303, [['Location', '/gateway/sign-in']]) }),
  },
});
