import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const healthyMailHost = defineWorld({
  name: 'healthy-mail-host',
  title: 'Everything is well; the settings name another host than the one that gives them.',
  hosts: {
    autodiscover: mailServer({ settings: { servicesAt: ({ domain }) => `mail.${domain}` } }),
    mail: mailServer(),
  },
});
