import { mailServer, webServer } from '../hosts.ts';
import { hungryPanel } from '../web/panel.ts';
import { defineWorld } from '../world.ts';

export const hostingPanel = defineWorld({
  name: 'hosting-panel',
  title: 'A hosting panel at the mail domain asks for passwords; the mail system is well.',
  hosts: { root: webServer(hungryPanel), autodiscover: mailServer() },
});
