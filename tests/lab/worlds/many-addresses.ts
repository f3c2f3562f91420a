import { addressRecord } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

/** Twenty in all. */
const more = (own: string) => Array.from({ length: 19 }, (_, at) => own.replace(/\d+$/, String(at + 100)));

export const manyAddresses = defineWorld({
  name: 'many-addresses',
  title: 'All is well at twenty addresses, which is more than are tried.',
  must: ['tool.not-tested'],
  hosts: { autodiscover: { ...mailServer(), alsoAt: more, dns: (own) => [own, ...more(own)].map(addressRecord) } },
});
