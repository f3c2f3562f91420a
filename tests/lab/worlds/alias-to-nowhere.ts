import { defineWorld } from '../world.ts';

export const aliasToNowhere = defineWorld({
  name: 'alias-to-nowhere',
  title: 'The name of the mail server is an alias of a name that does not exist.',
  must: ['autodiscover.not-found', 'dns.host-not-found'],
  hosts: {
    autodiscover: { names: (_own, domain) => ({ autodiscover: [{ type: 'CNAME', target: `old.${domain}` }] }) },
  },
});
