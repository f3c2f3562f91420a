import { defineWorld } from '../world.ts';

export const dnsGarbage = defineWorld({
  name: 'dns-garbage',
  title: 'What the name servers answer is no DNS message.',
  must: ['dns.lookup-failed'],
  hosts: { root: { dns: 'garbage' }, autodiscover: { dns: 'garbage' } },
});
