import { redirectToHost } from '../autodiscover/redirects.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { http } from '../http/server.ts';
import { overTcp } from '../net/behaviours.ts';
import { defineWorld } from '../world.ts';

export const redirectNeedless = defineWorld({
  name: 'redirect-needless',
  title: 'Everything is well; port 80 sends clients to a hoster as well, and nobody has to go there.',
  analyzer: 'autodiscover',
  may: ['autodiscover.redirect-to-other-domain'],
  clients: everybody(connects('https-autodiscover')),
  hosts: {
    autodiscover: { ...mailServer(), http: overTcp(http(redirectToHost(({ otherDomain }) => `mail.${otherDomain}`))) },
    'other-mail': mailServer(),
  },
});
