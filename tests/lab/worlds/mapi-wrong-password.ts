import { mailServer } from '../hosts.ts';
import { mailStoreUrl } from '../store/owner.ts';
import { defineWorld } from '../world.ts';

export const mapiWrongPassword = defineWorld({
  name: 'mapi-wrong-password',
  title: 'The mailbox is well, but the password given here is wrong.',
  analyzer: 'mapi-http',
  server: (domain) => mailStoreUrl(`autodiscover.${domain}`, { domain }),
  toldPassword: 'Not:the-Passwört',
  must: ['auth.rejected'],
  may: ['auth.user-name-form'],
  hosts: { autodiscover: mailServer() },
});
