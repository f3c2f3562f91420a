import { mailServer } from '../hosts.ts';
import { mailboxId } from '../store/owner.ts';
import { defineWorld } from '../world.ts';

export const rpcEncryptionRequired = defineWorld({
  name: 'rpc-encryption-required',
  title: 'The mailbox demands encryption of RPC, and somebody comes with Outlook 2003, whose profile was typed in.',
  analyzer: 'rpc-http',
  client: 'outlook-2003',
  server: (domain) => `autodiscover.${domain}`,
  rpcServer: (domain) => mailboxId({ domain }),
  must: ['rpc.encryption-required'],
  hosts: { autodiscover: mailServer({ rpc: { mailbox: { encryption: 'required' } } }) },
});
