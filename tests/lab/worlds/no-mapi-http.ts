import { answerAutodiscover } from '../autodiscover/pox.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

const withoutMapiHttp = ['EXCH', 'EXPR', 'EXHTTP', 'WEB'] as const;

export const noMapiHttp = defineWorld({
  name: 'no-mapi-http',
  title: 'The settings do not offer MAPI over HTTP.',
  must: ['autodiscover.no-mapi-http'],
  may: ['mapi.not-offered'],
  clients: everybody(connects('https-autodiscover')),
  hosts: { autodiscover: mailServer({ autodiscover: answerAutodiscover({ offer: () => withoutMapiHttp }) }) },
});
