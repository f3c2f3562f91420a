import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const rpcEncryptionRequired2010 = defineWorld({
  name: 'rpc-encryption-required-2010',
  title: 'The mailbox demands encryption of RPC, which is what Outlook 2010 does by itself.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.encryption-required'],
  hosts: { autodiscover: mailServer({ rpc: { mailbox: { encryption: 'required' } } }) },
});
