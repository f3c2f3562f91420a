import { addressRecord } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const ipv6Servfail = defineWorld({
  name: 'ipv6-servfail',
  title: 'The name servers tell the IPv4 address, and answer with SERVFAIL when asked for IPv6.',
  must: ['dns.lookup-failed'],
  hosts: {
    autodiscover: {
      ...mailServer(),
      names: (own) => ({ autodiscover: { records: [addressRecord(own)], faults: { AAAA: 'servfail' } } }),
    },
  },
});
