import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { httpOnly, mailServer } from '../hosts.ts';
import { website } from '../web/website.ts';
import { defineWorld } from '../world.ts';

export const noRedirect = defineWorld({
  name: 'no-redirect',
  title: 'Everything is well at the domain itself; port 80 of its Autodiscover host answers, and sends nobody on.',
  analyzer: 'autodiscover',
  must: ['autodiscover.no-redirect'],
  may: ['tcp.refused'],
  clients: everybody(connects('https-root')),
  hosts: { root: mailServer(), autodiscover: httpOnly(website) },
});
