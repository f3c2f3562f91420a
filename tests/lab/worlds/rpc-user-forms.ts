import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const rpcUserForms = defineWorld({
  name: 'rpc-user-forms',
  title: 'Inside RPC nobody is known by the name that the proxy knows.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.access-denied'],
  may: ['rpc.referral-failed'],
  hosts: { autodiscover: mailServer({ rpc: { signIn: { users: [] } } }) },
});
