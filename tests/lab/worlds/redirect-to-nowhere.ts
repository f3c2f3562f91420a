import { redirectToHost } from '../autodiscover/redirects.ts';
import { everybody } from '../client-tables.ts';
import { blocked } from '../clients.ts';
import { httpOnly } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const redirectToNowhere = defineWorld({
  name: 'redirect-to-nowhere',
  title: 'Port 80 sends clients on to a host that does not exist.',
  analyzer: 'autodiscover',
  must: ['dns.host-not-found'],
  may: ['tcp.refused'],
  clients: everybody(blocked),
  hosts: { autodiscover: httpOnly(redirectToHost(({ domain }) => `mail.${domain}`)) },
});
