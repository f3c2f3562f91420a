import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { notFound } from '../mail/not-found.ts';
import { defineWorld } from '../world.ts';

export const noJson = defineWorld({
  name: 'no-json',
  title: 'An older server: it does not have the newer form of Autodiscover.',
  analyzer: 'autodiscover',
  must: ['autodiscover.no-json'],
  clients: everybody(connects('https-autodiscover')),
  hosts: { autodiscover: mailServer({ json: notFound }) },
});
