import { poxAt } from '../autodiscover/json.ts';
import { settingsAt } from '../autodiscover/redirects.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const redirectUrl = defineWorld({
  name: 'redirect-url',
  title: 'Everything is well; the settings are at another server, as the first one says in its answer.',
  analyzer: 'autodiscover',
  clients: everybody(connects('https-autodiscover')),
  hosts: {
    autodiscover: mailServer({ autodiscover: settingsAt(({ domain }) => poxAt(`mail.${domain}`)) }),
    mail: mailServer(),
  },
});
