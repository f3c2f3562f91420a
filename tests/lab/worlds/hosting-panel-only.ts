import { everybody } from '../client-tables.ts';
import { notTested } from '../clients.ts';
import { webServer } from '../hosts.ts';
import { hungryPanel } from '../web/panel.ts';
import { defineWorld } from '../world.ts';

export const hostingPanelOnly = defineWorld({
  name: 'hosting-panel-only',
  title: 'A hosting panel at the mail domain asks for passwords; there is no mail system.',
  must: ['tool.not-tested'],
  may: ['autodiscover.not-found'],
  clients: everybody(notTested),
  hosts: { root: webServer(hungryPanel) },
});
