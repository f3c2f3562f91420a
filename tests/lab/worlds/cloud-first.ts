import { microsoft365 } from '../autodiscover/cloud.ts';
import { ASK_JSON, each, everybody, NEW_OUTLOOK } from '../client-tables.ts';
import { connects, notTested } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const cloudFirst = defineWorld({
  name: 'cloud-first',
  title: 'The mailbox is here, but Microsoft 365 has one for the same address, and Outlook asks there first.',
  analyzer: 'autodiscover',
  must: ['autodiscover.cloud-first'],
  askMicrosoft: true,
  clients: everybody(connects('https-autodiscover'), each([...NEW_OUTLOOK, ...ASK_JSON], notTested)),
  hosts: { autodiscover: mailServer(), cloud: microsoft365() },
});
