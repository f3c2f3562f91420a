import { addressRecord } from '../dns/records.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

// The only IPv6 address on which a test may listen; so this world is the only one that does.
const SIX = '::1';

export const bothFamilies = defineWorld({
  name: 'both-families',
  title: 'All is well over IPv6 and IPv4.',
  network: () => ['--allow', `${SIX}/128`],
  hosts: {
    autodiscover: { ...mailServer(), alsoAt: () => [SIX], dns: (own) => [addressRecord(own), addressRecord(SIX)] },
  },
});
