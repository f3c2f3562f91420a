import { addressRecord } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const wildcard = defineWorld({
  name: 'wildcard',
  title: 'The mail server works, and its name exists through a wildcard record only.',
  must: ['dns.wildcard-answer'],
  hosts: { autodiscover: { ...mailServer(), names: (own) => ({ '*': [addressRecord(own)] }) } },
});
