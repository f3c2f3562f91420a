import { mailServerBehind } from '../hosts.ts';
import type { Handler } from '../http/message.ts';
import { MAILBOX_GUID } from '../store/owner.ts';
import { defineWorld } from '../world.ts';

/** Takes the dashes for something that has to be escaped, and escapes the escapes. */
const changingId =
  (server: Handler): Handler =>
  (request, place, random) =>
    server(
      { ...request, target: request.target.replace(MAILBOX_GUID, MAILBOX_GUID.replaceAll('-', '%252D')) },
      place,
      random,
    );

export const mapiIdChanged = defineWorld({
  name: 'mapi-id-changed',
  title: 'A proxy writes the address in its own way, and the front end finds no such mailbox.',
  analyzer: 'mapi-http',
  must: ['mapi.mailbox-id-lost'],
  hosts: { autodiscover: mailServerBehind(changingId) },
});
