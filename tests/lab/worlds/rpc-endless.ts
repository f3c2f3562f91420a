import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const rpcEndless = defineWorld({
  name: 'rpc-endless',
  title: 'The special table of the address book has fragments without end.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.malformed-response'],
  hosts: { autodiscover: mailServer({ rpc: { endless: 'NspiGetSpecialTable' } }) },
});
