import { mailServer } from '../hosts.ts';
import { wildcard } from '../pki/leaves.ts';
import { defineWorld } from '../world.ts';

export const healthyWildcard = defineWorld({
  name: 'healthy-wildcard',
  title: 'Everything is well; the certificate is for every host right below the domain.',
  analyzer: 'tls',
  hosts: { autodiscover: mailServer({ certificate: wildcard }) },
});
