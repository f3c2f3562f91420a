import { mailServer } from '../hosts.ts';
import { notFound } from '../mail/not-found.ts';
import { defineWorld } from '../world.ts';

export const mapiAbsent = defineWorld({
  name: 'mapi-absent',
  title: 'The mail server knows nothing of MAPI over HTTP, though the settings name it.',
  analyzer: 'mapi-http',
  must: ['mapi.disabled'],
  hosts: { autodiscover: mailServer({ mapi: notFound }) },
});
