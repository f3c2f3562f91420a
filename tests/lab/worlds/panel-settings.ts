import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer, webServer } from '../hosts.ts';
import { openPanel } from '../web/panel.ts';
import { defineWorld } from '../world.ts';

export const panelSettings = defineWorld({
  name: 'panel-settings',
  title: 'A hosting panel at the mail domain hands out settings of its own; the mail system is well.',
  must: ['autodiscover.other-product-answers'],
  clients: everybody(connects('https-autodiscover')),
  hosts: { root: webServer(openPanel), autodiscover: mailServer() },
});
