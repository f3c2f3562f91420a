import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mapiUnknownFailure = defineWorld({
  name: 'mapi-unknown-failure',
  title: 'The mail server fails at every request for the mailbox, and does not know why.',
  analyzer: 'mapi-http',
  must: ['mapi.response-code'],
  hosts: { autodiscover: mailServer({ mapi: { refusing: { why: 'unknown failure', types: ['Connect'] } } }) },
});
