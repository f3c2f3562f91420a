import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer, mailServerWithHttps } from '../hosts.ts';
import { dropped } from '../net/dropped-port.ts';
import { defineWorld } from '../world.ts';

export const slowMethodFirst = defineWorld({
  name: 'slow-method-first',
  title: 'The Autodiscover host is well, but a firewall at the domain itself makes every client wait.',
  analyzer: 'autodiscover',
  must: ['autodiscover.slow-method-first'],
  may: ['tcp.timeout'],
  clients: everybody(connects('https-autodiscover')),
  hosts: { root: mailServerWithHttps(dropped), autodiscover: mailServer() },
});
