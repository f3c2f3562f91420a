import { mailServer } from '../hosts.ts';
import { mailStoreUrl } from '../store/owner.ts';
import { defineWorld } from '../world.ts';

export const healthyMapiTyped = defineWorld({
  name: 'healthy-mapi-typed',
  title: 'The address of the mailbox service is typed in, and names of folders are nobody’s business.',
  analyzer: 'mapi-http',
  server: (domain) => mailStoreUrl(`autodiscover.${domain}`, { domain }),
  hideFolders: true,
  hosts: { autodiscover: mailServer() },
});
