import { mailServer } from '../hosts.ts';
import { GENERAL_FAILURE } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const rpcAddressBookFails = defineWorld({
  name: 'rpc-address-book-fails',
  title: 'The address book resolves no names: it is out of order.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['nspi.failed'],
  hosts: { autodiscover: mailServer({ addressBook: { failing: { ResolveNames: GENERAL_FAILURE } } }) },
});
