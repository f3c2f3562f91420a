import { defineWorld } from '../world.ts';

export const aliasToInternalName = defineWorld({
  name: 'alias-to-internal-name',
  title: 'The name of the mail server is an alias of a name that exists inside the company only.',
  must: ['dns.internal-name'],
  hosts: { autodiscover: { names: () => ({ autodiscover: [{ type: 'CNAME', target: 'exchange.contoso.local' }] }) } },
});
