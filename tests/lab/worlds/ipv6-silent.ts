import { addressRecord } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const ipv6Silent = defineWorld({
  name: 'ipv6-silent',
  title: 'The name servers tell the IPv4 address, and do not answer when asked for IPv6.',
  must: ['dns.lookup-timeout'],
  hosts: {
    autodiscover: {
      ...mailServer(),
      names: (own) => ({ autodiscover: { records: [addressRecord(own)], faults: { AAAA: 'silent' } } }),
    },
  },
});
