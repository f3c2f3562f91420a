import { redirectTo } from '../autodiscover/redirects.ts';
import { everybody } from '../client-tables.ts';
import { blocked } from '../clients.ts';
import { httpOnly } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const redirectMalformed = defineWorld({
  name: 'redirect-malformed',
  title: 'Port 80 sends clients on to something that is no address.',
  analyzer: 'autodiscover',
  must: ['autodiscover.redirect-invalid'],
  may: ['tcp.refused'],
  clients: everybody(blocked),
  hosts: { autodiscover: httpOnly(redirectTo(({ domain }) => `https://mail.${domain}:443443/autodiscover.xml`, 308)) },
});
