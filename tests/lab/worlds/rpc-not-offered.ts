import type { Offer } from '../autodiscover/pox.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

const mapiHttpAlone: Offer = () => ['mapiHttp', 'WEB'];

export const rpcNotOffered = defineWorld({
  name: 'rpc-not-offered',
  title: 'As in Microsoft 365: MAPI over HTTP alone, and somebody comes with Outlook 2010.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['autodiscover.no-expr', 'rpc.not-offered'],
  hosts: { autodiscover: mailServer({ rpc: 'absent', settings: { offer: mapiHttpAlone } }) },
});
