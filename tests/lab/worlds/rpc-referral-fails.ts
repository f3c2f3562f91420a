import { mailServer } from '../hosts.ts';
import { GENERAL_FAILURE } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const rpcReferralFails = defineWorld({
  name: 'rpc-referral-fails',
  title: 'The referral service names no server.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['rpc.referral-failed'],
  hosts: { autodiscover: mailServer({ rpc: { referral: { failing: GENERAL_FAILURE } } }) },
});
