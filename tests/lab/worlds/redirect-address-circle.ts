import { movedTo } from '../autodiscover/redirects.ts';
import { ASK_JSON, each, everybody } from '../client-tables.ts';
import { blocked, notTested } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const redirectAddressCircle = defineWorld({
  name: 'redirect-address-circle',
  title: 'The mail server says that the mailbox has moved, to the address that it has.',
  analyzer: 'autodiscover',
  must: ['autodiscover.redirect-loop'],
  clients: everybody(blocked, each(ASK_JSON, notTested)),
  hosts: { autodiscover: mailServer({ autodiscover: movedTo(({ mailbox }) => mailbox.email) }) },
});
