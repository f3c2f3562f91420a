import { everybody } from '../client-tables.ts';
import { blocked } from '../clients.ts';
import { service } from '../dns/records.ts';
import { webServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const srvNotAvailable = defineWorld({
  name: 'srv-not-available',
  title: 'DNS says that the domain has no Autodiscover: its SRV record names no host.',
  analyzer: 'autodiscover',
  must: ['autodiscover.not-found', 'autodiscover.srv-not-found'],
  may: ['http.not-found'],
  records: () => ({ '_autodiscover._tcp': [service('.')] }),
  clients: everybody(blocked),
  hosts: { root: webServer() },
});
