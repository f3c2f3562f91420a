import { element } from '../autodiscover/xml.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

const strangers = Array.from({ length: 25 }, (_, at) =>
  element(`Extension${at + 1}`, [element('Name', `extension ${at + 1}`), element('Value', String(at * 7))]),
);

export const unknownElements = defineWorld({
  name: 'unknown-elements',
  title: 'Everything is well; the settings have twenty-five elements that nobody knows.',
  analyzer: 'autodiscover',
  clients: everybody(connects('https-autodiscover')),
  hosts: { autodiscover: mailServer({ settings: { extra: strangers } }) },
});
