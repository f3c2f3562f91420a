import { redirectToHost } from '../autodiscover/redirects.ts';
import { jsonLeads } from '../client-tables.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const redirectCircle = defineWorld({
  name: 'redirect-circle',
  title: 'Three servers send clients from one to the next, and the last one back to the first.',
  analyzer: 'autodiscover',
  must: ['autodiscover.redirect-loop'],
  clients: jsonLeads,
  hosts: {
    root: mailServer({ beforeSignIn: redirectToHost(({ domain }) => `autodiscover.${domain}`) }),
    autodiscover: mailServer({ beforeSignIn: redirectToHost(({ domain }) => `mail.${domain}`, 301) }),
    mail: mailServer({ beforeSignIn: redirectToHost(({ domain }) => domain, 307) }),
  },
});
