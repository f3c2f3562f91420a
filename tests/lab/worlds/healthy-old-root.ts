import { mailServer } from '../hosts.ts';
import { withOldRoot } from '../pki/chains.ts';
import { defineWorld } from '../world.ts';

export const healthyOldRoot = defineWorld({
  name: 'healthy-old-root',
  title: 'Everything is well; behind the chain comes an old root that has expired.',
  analyzer: 'tls',
  hosts: { autodiscover: mailServer({ certificate: withOldRoot }) },
});
