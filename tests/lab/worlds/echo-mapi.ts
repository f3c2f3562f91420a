import { mailServer } from '../hosts.ts';
import { mailboxNamedByPassword, passwordOctets } from '../mail/echo-bytes.ts';
import { defineWorld } from '../world.ts';

const name = 'echo-mapi';

export const echoMapi = defineWorld({
  name,
  title: 'MAPI over HTTP sends the password back: in names, in headers, and behind the end of answers.',
  analyzer: 'mapi-http',
  must: ['mapi.malformed-response'],
  may: ['mailbox.other-opened'],
  hosts: {
    autodiscover: mailServer({
      store: { mailbox: mailboxNamedByPassword({ name }) },
      mapi: {
        change: (type, binary) =>
          type === 'Disconnect' || type === 'Unbind' ? Buffer.concat([binary, passwordOctets({ name })]) : binary,
      },
    }),
  },
});
