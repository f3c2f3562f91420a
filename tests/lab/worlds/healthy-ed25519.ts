import { mailServer } from '../hosts.ts';
import { withKeys } from '../pki/chains.ts';
import { defineWorld } from '../world.ts';

export const healthyEd25519 = defineWorld({
  name: 'healthy-ed25519',
  title: 'Everything is well; the keys are of the kind Ed25519.',
  analyzer: 'tls',
  hosts: { autodiscover: mailServer({ certificate: withKeys('ed25519', 'ed25519') }) },
});
