import { redirectTo } from '../autodiscover/redirects.ts';
import { everybody } from '../client-tables.ts';
import { blocked } from '../clients.ts';
import { httpOnly, mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const redirectToHttp = defineWorld({
  name: 'redirect-to-http',
  title: 'Port 80 sends clients on to an address without encryption.',
  analyzer: 'autodiscover',
  must: ['autodiscover.redirect-invalid'],
  may: ['tcp.refused'],
  clients: everybody(blocked),
  hosts: {
    autodiscover: httpOnly(redirectTo(({ domain }) => `http://mail.${domain}/autodiscover/autodiscover.xml`)),
    mail: mailServer(),
  },
});
