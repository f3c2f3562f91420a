import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { overTcp, staySilent } from '../net/behaviours.ts';
import { defineWorld } from '../world.ts';

export const redirectSilent = defineWorld({
  name: 'redirect-silent',
  title: 'Everything is well at the domain itself; port 80 of its Autodiscover host never says a word.',
  analyzer: 'autodiscover',
  may: ['http.timeout', 'tcp.refused'],
  clients: everybody(connects('https-root')),
  hosts: { root: mailServer(), autodiscover: { http: overTcp(staySilent) } },
});
