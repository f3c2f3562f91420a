import { addressRecord } from '../dns/records.ts';
import { defineWorld } from '../world.ts';

// The broadcast address of the loopback network: Linux refuses TCP to it at once, and the profile allows it already.
const UNREACHABLE = '127.255.255.255';

export const unreachable = defineWorld({
  name: 'unreachable',
  title: 'No route leads to the address of the mail server.',
  must: ['tcp.unreachable'],
  hosts: { autodiscover: { dns: () => [addressRecord(UNREACHABLE)] } },
});
