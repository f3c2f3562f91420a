import { addressRecord } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const dnsLossy = defineWorld({
  name: 'dns-lossy',
  title: 'All is well, but for a resolver that is slow: it answers only who asks twice.',
  hosts: {
    autodiscover: {
      ...mailServer(),
      names: (own) => ({ autodiscover: { records: [addressRecord(own)], lossy: true } }),
    },
  },
});
