import { mailServer } from '../hosts.ts';
import { withStatus } from '../mapi/hostile.ts';
import { ecLoginFailure } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mapiStatusCode = defineWorld({
  name: 'mapi-status-code',
  title: 'Connect fails as a whole, before the store says anything.',
  analyzer: 'mapi-http',
  must: ['mailbox.logon-failed'],
  hosts: { autodiscover: mailServer({ mapi: { change: withStatus('Connect', ecLoginFailure) } }) },
});
