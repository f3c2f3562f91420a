import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mailHostUnknown = defineWorld({
  name: 'mail-host-unknown',
  title: 'Autodiscover is well; the mail server that it names does not exist.',
  analyzer: 'autodiscover',
  must: ['dns.host-not-found'],
  hosts: { autodiscover: mailServer({ settings: { servicesAt: ({ domain }) => `mail.${domain}` } }) },
});
