import { redirectToHost } from '../autodiscover/redirects.ts';
import { everybody } from '../client-tables.ts';
import { notTested } from '../clients.ts';
import { httpOnly, mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const redirectNotConfirmed = defineWorld({
  name: 'redirect-not-confirmed',
  title: 'Redirects lead to a hoster outside the domain, and nobody says that it may have the password.',
  analyzer: 'autodiscover',
  must: ['tool.not-tested'],
  may: ['autodiscover.redirect-to-other-domain', 'tcp.refused'],
  clients: everybody(notTested),
  hosts: {
    autodiscover: httpOnly(redirectToHost(({ domain }) => `mail.${domain}`, 301)),
    mail: mailServer({ beforeSignIn: redirectToHost(({ otherDomain }) => `mail.${otherDomain}`, 307) }),
    'other-mail': mailServer(),
  },
});
