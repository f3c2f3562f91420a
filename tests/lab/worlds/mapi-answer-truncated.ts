import { mailServer } from '../hosts.ts';
import { truncated } from '../mapi/hostile.ts';
import { defineWorld } from '../world.ts';

export const mapiAnswerTruncated = defineWorld({
  name: 'mapi-answer-truncated',
  title: 'The answers to Execute end ten bytes too early.',
  analyzer: 'mapi-http',
  must: ['mapi.malformed-response'],
  hosts: { autodiscover: mailServer({ mapi: { change: truncated('Execute', 10) } }) },
});
