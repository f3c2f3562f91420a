import { addressRecord, type RecordData } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

/** A name of nearly 200 characters, so that a few of them are too much for a datagram. */
const long = (letter: string) => [letter.repeat(60), letter.repeat(60), letter.repeat(60)].join('.');

const alias = (name: string, domain: string): RecordData[] => [{ type: 'CNAME', target: `${name}.${domain}` }];

export const dnsLargeAnswer = defineWorld({
  name: 'dns-large-answer',
  title: 'All is well; what DNS answers is too large for UDP, and comes over TCP.',
  hosts: {
    autodiscover: {
      ...mailServer(),
      names: (own, domain) => ({
        autodiscover: alias(long('a'), domain),
        [long('a')]: alias(long('b'), domain),
        [long('b')]: alias(long('c'), domain),
        [long('c')]: alias(long('d'), domain),
        [long('d')]: [addressRecord(own)],
      }),
    },
  },
});
