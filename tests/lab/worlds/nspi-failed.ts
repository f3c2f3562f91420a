import { mailServer } from '../hosts.ts';
import { GENERAL_FAILURE } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const nspiFailed = defineWorld({
  name: 'nspi-failed',
  title: 'The address book opens, but resolves no names.',
  analyzer: 'mapi-http',
  must: ['nspi.failed'],
  hosts: { autodiscover: mailServer({ addressBook: { failing: { ResolveNames: GENERAL_FAILURE } } }) },
});
