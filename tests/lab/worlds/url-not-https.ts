import { replacing } from '../autodiscover/changes.ts';
import { everybody } from '../client-tables.ts';
import { blocked, connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const urlNotHttps = defineWorld({
  name: 'url-not-https',
  title: 'The address for calendars and absence notes is not encrypted.',
  analyzer: 'autodiscover',
  must: ['autodiscover.url-not-https'],
  clients: everybody(connects('https-autodiscover'), { thunderbird: blocked }),
  hosts: {
    autodiscover: mailServer({
      settings: { change: replacing({ EwsUrl: ({ host }) => `http://${host}/EWS/Exchange.asmx` }) },
    }),
  },
});
