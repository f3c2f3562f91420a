import { mailServer } from '../hosts.ts';
import { oldVersionsToo } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const tlsOldVersions = defineWorld({
  name: 'tls-old-versions',
  title: 'The mail server speaks TLS 1.0 and 1.1 beside the newer versions.',
  analyzer: 'tls',
  must: ['tls.old-protocol-enabled'],
  hosts: { autodiscover: mailServer(oldVersionsToo) },
});
