import { defineWorld } from '../world.ts';

export const dnsRefused = defineWorld({
  name: 'dns-refused',
  title: 'The name servers refuse to answer for the mail domain.',
  must: ['dns.lookup-failed'],
  hosts: { root: { dns: 'refused' }, autodiscover: { dns: 'refused' } },
});
