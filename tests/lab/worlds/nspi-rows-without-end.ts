import { mailServer } from '../hosts.ts';
import { endlessAt } from '../mapi/hostile.ts';
import { defineWorld } from '../world.ts';

/** Behind StatusCode, ErrorCode, CodePage and the byte that says that ids are there. */
const COUNT = 13;

export const nspiRowsWithoutEnd = defineWorld({
  name: 'nspi-rows-without-end',
  title: 'The answer to ResolveNames claims to resolve four thousand million names.',
  analyzer: 'mapi-http',
  must: ['mapi.malformed-response'],
  hosts: { autodiscover: mailServer({ mapi: { change: endlessAt('ResolveNames', COUNT) } }) },
});
