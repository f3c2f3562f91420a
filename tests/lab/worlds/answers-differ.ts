import { each, everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const answersDiffer = defineWorld({
  name: 'answers-differ',
  title: 'The domain itself and its Autodiscover host give different settings.',
  analyzer: 'autodiscover',
  must: ['autodiscover.answers-differ'],
  clients: everybody(connects('https-root'), each(['outlook-mac', 'thunderbird'], connects('https-autodiscover'))),
  hosts: {
    root: mailServer({ settings: { servicesAt: ({ domain }) => `mail.${domain}` } }),
    autodiscover: mailServer(),
    mail: mailServer(),
  },
});
