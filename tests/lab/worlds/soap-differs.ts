import { answerSoap } from '../autodiscover/soap.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const soapDiffers = defineWorld({
  name: 'soap-differs',
  title: 'Programs are told another address for calendars than Outlook is.',
  analyzer: 'autodiscover',
  must: ['autodiscover.answers-differ'],
  clients: everybody(connects('https-autodiscover')),
  hosts: {
    autodiscover: mailServer({ soap: answerSoap({ servicesAt: ({ domain }) => `mail.${domain}` }) }),
    mail: mailServer(),
  },
});
