import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mapiUrlMismatch = defineWorld({
  name: 'mapi-url-mismatch',
  title: 'The address book names another host for the mailbox than the settings.',
  analyzer: 'mapi-http',
  must: ['mapi.url-mismatch'],
  hosts: { autodiscover: mailServer({ addressBook: { urlHost: ({ domain }) => `mail.${domain}` } }) },
});
