import { endlessRedirects } from '../autodiscover/redirects.ts';
import { jsonLeads } from '../client-tables.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const redirectEndless = defineWorld({
  name: 'redirect-endless',
  title: 'The mail server sends clients on from one address to the next, without an end.',
  analyzer: 'autodiscover',
  must: ['autodiscover.redirect-loop'],
  clients: jsonLeads,
  hosts: { autodiscover: mailServer({ beforeSignIn: endlessRedirects }) },
});
