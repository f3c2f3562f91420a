import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mapiNeverDone = defineWorld({
  name: 'mapi-never-done',
  title: 'The mail server is at work on the logon, says so four times a second, and never ends.',
  analyzer: 'mapi-http',
  must: ['http.timeout'],
  may: ['net.limit-reached'],
  hosts: { autodiscover: mailServer({ mapi: { slow: { ms: Number.POSITIVE_INFINITY, types: ['Execute'] } } }) },
});
