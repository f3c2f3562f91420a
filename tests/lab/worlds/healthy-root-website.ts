import { mailServer, webServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const healthyRootWebsite = defineWorld({
  name: 'healthy-root-website',
  title: 'Everything is well; an ordinary website lives at the mail domain itself.',
  may: ['http.not-found'],
  hosts: { root: webServer(), autodiscover: mailServer() },
});
