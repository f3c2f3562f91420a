import { everybody } from '../client-tables.ts';
import { blocked } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const urlInternalName = defineWorld({
  name: 'url-internal-name',
  title: 'The addresses for outside have a name that exists only inside.',
  analyzer: 'autodiscover',
  must: ['autodiscover.url-internal-only'],
  clients: everybody(blocked),
  hosts: { autodiscover: mailServer({ settings: { servicesAt: () => 'lab-ex01.corp.local' } }) },
});
