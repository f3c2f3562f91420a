import { mailServerBehind } from '../hosts.ts';
import { losingQuery } from '../http/gateways.ts';
import { defineWorld } from '../world.ts';

export const mapiQueryLost = defineWorld({
  name: 'mapi-query-lost',
  title: 'A proxy forgets what stands behind the path, and with it which mailbox is meant.',
  analyzer: 'mapi-http',
  must: ['mapi.mailbox-id-lost'],
  hosts: { autodiscover: mailServerBehind(losingQuery) },
});
