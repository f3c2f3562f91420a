import { redirectJson } from '../autodiscover/json.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const jsonRedirect = defineWorld({
  name: 'json-redirect',
  title: 'Everything is well; the newer form of Autodiscover is at another host of the domain.',
  analyzer: 'autodiscover',
  clients: everybody(connects('https-autodiscover')),
  hosts: { autodiscover: mailServer({ json: redirectJson(({ domain }) => `mail.${domain}`) }), mail: mailServer() },
});
