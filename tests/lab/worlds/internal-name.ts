import { defineWorld } from '../world.ts';

export const internalName = defineWorld({
  name: 'internal-name',
  title: 'The mail server is known by a name that exists inside the company only.',
  analyzer: 'tls',
  target: 'exchange.contoso.local',
  must: ['dns.internal-name'],
  hosts: {},
});
