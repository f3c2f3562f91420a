import { mailServer } from '../hosts.ts';
import { withRoot } from '../pki/chains.ts';
import { defineWorld } from '../world.ts';

export const healthyRootSent = defineWorld({
  name: 'healthy-root-sent',
  title: 'Everything is well; the mail server sends the root, too, which nobody needs.',
  analyzer: 'tls',
  hosts: { autodiscover: mailServer({ certificate: withRoot }) },
});
