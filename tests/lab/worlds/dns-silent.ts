import { defineWorld } from '../world.ts';

export const dnsSilent = defineWorld({
  name: 'dns-silent',
  title: 'No name server ever answers for the mail domain.',
  must: ['dns.lookup-timeout'],
  hosts: { root: { dns: 'silent' }, autodiscover: { dns: 'silent' } },
});
