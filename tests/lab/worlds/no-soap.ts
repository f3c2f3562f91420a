import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { notFound } from '../mail/not-found.ts';
import { defineWorld } from '../world.ts';

export const noSoap = defineWorld({
  name: 'no-soap',
  title: 'Autodiscover for programs is switched off.',
  analyzer: 'autodiscover',
  must: ['autodiscover.no-soap'],
  clients: everybody(connects('https-autodiscover')),
  hosts: { autodiscover: mailServer({ soap: notFound }) },
});
