import { mailServer } from '../hosts.ts';
import { ecCachedModeRequired } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const rpcCachedMode = defineWorld({
  name: 'rpc-cached-mode',
  title: 'This mailbox may be opened in cached mode only.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['mailbox.cached-mode-required'],
  hosts: { autodiscover: mailServer({ rpc: { mailbox: { connect: ecCachedModeRequired } } }) },
});
