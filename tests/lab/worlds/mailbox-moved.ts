import { movedAddress } from '../autodiscover/protocols.ts';
import { movedTo } from '../autodiscover/redirects.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const mailboxMoved = defineWorld({
  name: 'mailbox-moved',
  title: 'The mailbox has moved to another domain, and the mail server says so.',
  analyzer: 'autodiscover',
  redirectTo: ['other'],
  clients: everybody(connects('https-autodiscover')),
  hosts: {
    autodiscover: mailServer({ autodiscover: movedTo(movedAddress) }),
    'other-autodiscover': mailServer(),
  },
});
