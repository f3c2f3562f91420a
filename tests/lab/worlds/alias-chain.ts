import { addressRecord } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const aliasChain = defineWorld({
  name: 'alias-chain',
  title: 'All is well, and the name of the mail server is an alias of an alias of an alias.',
  hosts: {
    autodiscover: {
      ...mailServer(),
      names: (own, domain) => ({
        autodiscover: [{ type: 'CNAME', target: `mail.${domain}` }],
        mail: [{ type: 'CNAME', target: `Front.${domain}` }],
        front: [{ type: 'CNAME', target: `a.pool.${domain}` }],
        'a.pool': [addressRecord(own)],
      }),
    },
  },
});
