import { everybody } from '../client-tables.ts';
import { connects, notTested } from '../clients.ts';
import { mailServer, webServer } from '../hosts.ts';
import { hungryPanel } from '../web/panel.ts';
import { defineWorld } from '../world.ts';

export const hostingPanel = defineWorld({
  name: 'hosting-panel',
  title: 'A hosting panel at the mail domain asks for passwords; the mail system is well.',
  clients: everybody(connects('https-autodiscover'), { 'android-mail': notTested }),
  hosts: { root: webServer(hungryPanel), autodiscover: mailServer() },
});
