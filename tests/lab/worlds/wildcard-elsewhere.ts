import { addressRecord } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const wildcardElsewhere = defineWorld({
  name: 'wildcard-elsewhere',
  title: 'All is well; a wildcard record leads every other name to some other server.',
  hosts: {
    autodiscover: {
      ...mailServer(),
      names: (own) => ({ autodiscover: [addressRecord(own)], '*': [addressRecord('127.0.0.1')] }),
    },
  },
});
