import { defineWorld } from '../world.ts';

export const aliasCircle = defineWorld({
  name: 'alias-circle',
  title: 'The name of the mail server is an alias of a name that is an alias of the first one.',
  must: ['dns.lookup-failed'],
  hosts: {
    autodiscover: {
      names: (_own, domain) => ({
        autodiscover: [{ type: 'CNAME', target: `mail.${domain}` }],
        mail: [{ type: 'CNAME', target: `autodiscover.${domain}` }],
      }),
    },
  },
});
