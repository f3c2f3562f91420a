import { mailServer } from '../hosts.ts';
import { flood } from '../mapi/hostile.ts';
import { defineWorld } from '../world.ts';

export const mapiEndlessPending = defineWorld({
  name: 'mapi-endless-pending',
  title: 'The mail server says for ever that it is still working.',
  analyzer: 'mapi-http',
  must: ['mapi.malformed-response'],
  may: ['net.limit-reached'],
  hosts: { autodiscover: mailServer({ mapi: { body: flood('Execute', 'PENDING') } }) },
});
