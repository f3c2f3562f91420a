import { mailServer } from '../hosts.ts';
import { without } from '../rpc/endpoints.ts';
import { defineWorld } from '../world.ts';

export const rpcReferralClosed = defineWorld({
  name: 'rpc-referral-closed',
  title: 'The referral service has been stopped: port 6002 is closed.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.endpoint-unavailable'],
  may: ['rpc.referral-failed'],
  hosts: { autodiscover: mailServer({ rpc: { endpoints: without([6002]) } }) },
});
