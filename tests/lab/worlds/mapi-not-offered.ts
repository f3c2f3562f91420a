import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mapiNotOffered = defineWorld({
  name: 'mapi-not-offered',
  title: 'The settings do not offer MAPI over HTTP, which is what should be tested.',
  analyzer: 'mapi-http',
  must: ['mapi.not-offered'],
  may: ['autodiscover.no-mapi-http'],
  hosts: { autodiscover: mailServer({ settings: { offer: () => ['EXCH', 'EXPR', 'EXHTTP', 'WEB'] } }) },
});
