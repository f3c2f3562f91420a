import { microsoft365 } from '../autodiscover/cloud.ts';
import { jsonFault } from '../autodiscover/json.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const cloudRefuses = defineWorld({
  name: 'cloud-refuses',
  title: 'Everything is well; Microsoft 365 does not want to say anything about the address.',
  analyzer: 'autodiscover',
  askMicrosoft: true,
  clients: everybody(connects('https-autodiscover')),
  hosts: {
    autodiscover: mailServer(),
    cloud: microsoft365(() => jsonFault('InvalidRequest', 'The request is not valid.')),
  },
});
