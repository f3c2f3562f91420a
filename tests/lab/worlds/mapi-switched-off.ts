import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mapiSwitchedOff = defineWorld({
  name: 'mapi-switched-off',
  title: 'MAPI over HTTP is switched off for the organization; the service still answers, and says so.',
  must: ['mapi.disabled'],
  hosts: { autodiscover: mailServer({ mapi: { refusing: { why: 'endpoint disabled' } } }) },
});
