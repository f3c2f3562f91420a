import { mailServer } from '../hosts.ts';
import { faults } from '../rpc/pdu.ts';
import { defineWorld } from '../world.ts';

export const rpcFault = defineWorld({
  name: 'rpc-fault',
  title: 'The address book ends with a fault: it is too busy.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.fault'],
  hosts: { autodiscover: mailServer({ rpc: { faults: { NspiBind: faults.busy } } }) },
});
