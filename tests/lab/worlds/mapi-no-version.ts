import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mapiNoVersion = defineWorld({
  name: 'mapi-no-version',
  title: 'The mail server does not say what it is.',
  analyzer: 'mapi-http',
  must: ['mapi.no-server-header'],
  hosts: { autodiscover: mailServer({ mapi: { application: null } }) },
});
