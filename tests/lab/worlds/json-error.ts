import { jsonFault } from '../autodiscover/json.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const jsonError = defineWorld({
  name: 'json-error',
  title: 'The newer form of Autodiscover answers with an error of its own, under status 200.',
  analyzer: 'autodiscover',
  must: ['autodiscover.no-json'],
  clients: everybody(connects('https-autodiscover')),
  hosts: { autodiscover: mailServer({ json: () => jsonFault('ProtocolNotSupported', 'Not here.', 200) }) },
});
