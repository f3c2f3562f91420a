import { redirectToHost } from '../autodiscover/redirects.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { httpOnly, mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const redirectOnly = defineWorld({
  name: 'redirect-only',
  title: 'Everything is well; a redirect on port 80 alone leads to Autodiscover.',
  analyzer: 'autodiscover',
  may: ['tcp.refused'],
  clients: everybody(connects('http-redirect')),
  hosts: { autodiscover: httpOnly(redirectToHost(({ domain }) => `mail.${domain}`)), mail: mailServer() },
});
