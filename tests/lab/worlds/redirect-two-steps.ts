import { redirectToHost } from '../autodiscover/redirects.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { httpOnly, mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const redirectTwoSteps = defineWorld({
  name: 'redirect-two-steps',
  title: 'Two redirects, one after the other, lead to a hoster outside the domain.',
  analyzer: 'autodiscover',
  must: ['autodiscover.redirect-to-other-domain'],
  may: ['tcp.refused'],
  redirectTo: ['other-mail'],
  clients: everybody(connects('http-redirect')),
  hosts: {
    autodiscover: httpOnly(redirectToHost(({ domain }) => `mail.${domain}`, 301)),
    mail: mailServer({ beforeSignIn: redirectToHost(({ otherDomain }) => `mail.${otherDomain}`, 307) }),
    'other-mail': mailServer(),
  },
});
