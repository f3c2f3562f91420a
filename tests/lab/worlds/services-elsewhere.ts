import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const servicesElsewhere = defineWorld({
  name: 'services-elsewhere',
  title: 'The settings name a mail server in another domain, and nobody says that it may have the password.',
  must: ['tool.not-tested'],
  hosts: {
    autodiscover: mailServer({ settings: { servicesAt: ({ otherDomain }) => `mail.${otherDomain}` } }),
    'other-mail': mailServer(),
  },
});
