import { mailServer } from '../hosts.ts';
import { endlessAt } from '../mapi/hostile.ts';
import { defineWorld } from '../world.ts';

/** Behind StatusCode, ErrorCode and Flags. */
const ROP_BUFFER_SIZE = 12;

export const mapiSizeOf4Gb = defineWorld({
  name: 'mapi-size-of-4-gb',
  title: 'The answer to RopLogon claims to have 4 GB.',
  analyzer: 'mapi-http',
  must: ['mapi.malformed-response'],
  hosts: { autodiscover: mailServer({ mapi: { change: endlessAt('Execute', ROP_BUFFER_SIZE) } }) },
});
