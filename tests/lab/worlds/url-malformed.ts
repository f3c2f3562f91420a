import { replacing } from '../autodiscover/changes.ts';
import { each, everybody, MAPI_OUTLOOK } from '../client-tables.ts';
import { blocked, connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const urlMalformed = defineWorld({
  name: 'url-malformed',
  title: 'The address of the mailbox is not one: somebody has typed a space into it.',
  analyzer: 'autodiscover',
  must: ['autodiscover.url-not-https'],
  clients: everybody(connects('https-autodiscover'), each(MAPI_OUTLOOK, blocked)),
  hosts: {
    autodiscover: mailServer({
      settings: {
        change: replacing({
          'MailStore/InternalUrl': ({ host }) => `https:// ${host}/mapi/emsmdb/`,
          'MailStore/ExternalUrl': ({ host }) => `https:// ${host}/mapi/emsmdb/`,
        }),
      },
    }),
  },
});
