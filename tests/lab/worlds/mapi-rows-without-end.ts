import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mapiRowsWithoutEnd = defineWorld({
  name: 'mapi-rows-without-end',
  title: 'A table of folders claims to have four thousand million rows.',
  analyzer: 'mapi-http',
  must: ['mapi.malformed-response'],
  hosts: { autodiscover: mailServer({ store: { logon: { rows: 0xffffffff } } }) },
});
