import { mailServer } from '../hosts.ts';
import { ecCachedModeRequired } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const mailboxCachedMode = defineWorld({
  name: 'mailbox-cached-mode',
  title: 'The mailbox may be opened in cached mode only.',
  analyzer: 'mapi-http',
  must: ['mailbox.cached-mode-required'],
  hosts: { autodiscover: mailServer({ store: { connect: ecCachedModeRequired } }) },
});
