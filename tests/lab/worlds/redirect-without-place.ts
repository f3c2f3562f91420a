import { redirectTo } from '../autodiscover/redirects.ts';
import { everybody } from '../client-tables.ts';
import { blocked } from '../clients.ts';
import { httpOnly } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const redirectWithoutPlace = defineWorld({
  name: 'redirect-without-place',
  title: 'Port 80 sends clients on, and does not say where to.',
  analyzer: 'autodiscover',
  must: ['autodiscover.redirect-invalid'],
  may: ['tcp.refused'],
  clients: everybody(blocked),
  hosts: { autodiscover: httpOnly(redirectTo(() => '')) },
});
