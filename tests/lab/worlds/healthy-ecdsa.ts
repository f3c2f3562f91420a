import { mailServer } from '../hosts.ts';
import { withKeys } from '../pki/chains.ts';
import { defineWorld } from '../world.ts';

export const healthyEcdsa = defineWorld({
  name: 'healthy-ecdsa',
  title: 'Everything is well; the keys are on elliptic curves.',
  analyzer: 'tls',
  hosts: { autodiscover: mailServer({ certificate: withKeys('p-256', 'p-384') }) },
});
