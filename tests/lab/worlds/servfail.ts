import { defineWorld } from '../world.ts';

export const servfail = defineWorld({
  name: 'servfail',
  title: 'The name servers of the mail domain answer with SERVFAIL.',
  must: ['dns.lookup-failed'],
  hosts: { root: { dns: 'servfail' }, autodiscover: { dns: 'servfail' } },
});
