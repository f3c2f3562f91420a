import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mapiLateFailure = defineWorld({
  name: 'mapi-late-failure',
  title: 'The mail server begins every answer to Connect as if all were well, and then says that it was not.',
  analyzer: 'mapi-http',
  must: ['mapi.response-code'],
  hosts: {
    autodiscover: mailServer({ mapi: { refusing: { why: 'unknown failure', types: ['Connect'], late: true } } }),
  },
});
