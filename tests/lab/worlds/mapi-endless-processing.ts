import { mailServer } from '../hosts.ts';
import { flood } from '../mapi/hostile.ts';
import { defineWorld } from '../world.ts';

export const mapiEndlessProcessing = defineWorld({
  name: 'mapi-endless-processing',
  title: 'The mail server begins its answer again and again.',
  analyzer: 'mapi-http',
  must: ['mapi.malformed-response'],
  may: ['net.limit-reached'],
  hosts: { autodiscover: mailServer({ mapi: { body: flood('Connect', 'PROCESSING') } }) },
});
