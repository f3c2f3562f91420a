import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const rpcAccessDenied = defineWorld({
  name: 'rpc-access-denied',
  title: 'The sign-in at the proxy succeeds, but RPC itself denies access.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.access-denied'],
  may: ['rpc.referral-failed'],
  hosts: { autodiscover: mailServer({ rpc: { denied: true } }) },
});
