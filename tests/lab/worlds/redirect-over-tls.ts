import { redirectToHost } from '../autodiscover/redirects.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const redirectOverTls = defineWorld({
  name: 'redirect-over-tls',
  title: 'Everything is well; the domain itself sends Autodiscover clients on to the mail server.',
  analyzer: 'autodiscover',
  clients: everybody(connects('https-root')),
  hosts: {
    root: mailServer({ beforeSignIn: redirectToHost(({ domain }) => `mail.${domain}`, 301) }),
    mail: mailServer(),
  },
});
