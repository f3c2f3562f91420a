import { mailServer } from '../hosts.ts';
import { wrongPreamble } from '../mapi/hostile.ts';
import { defineWorld } from '../world.ts';

export const mapiPreambleWrong = defineWorld({
  name: 'mapi-preamble-wrong',
  title: 'Answers do not begin as the protocol wants it.',
  analyzer: 'mapi-http',
  must: ['mapi.malformed-response'],
  hosts: { autodiscover: mailServer({ mapi: { body: wrongPreamble } }) },
});
