import { webServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const noAutodiscover = defineWorld({
  name: 'no-autodiscover',
  title: 'The mail domain has a website, but no Autodiscover service.',
  must: ['autodiscover.not-found'],
  may: ['http.not-found'],
  hosts: { root: webServer() },
});
