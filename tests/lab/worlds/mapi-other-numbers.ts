import { mailServer } from '../hosts.ts';
import { countedOtherwise } from '../mapi/response-codes.ts';
import { defineWorld } from '../world.ts';

export const mapiOtherNumbers = defineWorld({
  name: 'mapi-other-numbers',
  title: 'A server that is not Exchange refuses a request, and counts its reasons in its own way.',
  analyzer: 'mapi-http',
  must: ['mapi.response-code'],
  hosts: {
    autodiscover: mailServer({
      mapi: {
        application: 'Exchange/15.00.0847.4040',
        numbering: countedOtherwise,
        refusing: { why: 'invalid request body', types: ['Execute'] },
      },
    }),
  },
});
