import { exchange2019, type Offer } from '../autodiscover/pox.ts';
import { each, everybody, OLD_OUTLOOK } from '../client-tables.ts';
import { blocked, connects, notTested } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

const withoutAnywhere: Offer = (request) => exchange2019(request).filter((name) => !/^EX(PR|HTTP)$/.test(name));

export const mapiHttpOnly = defineWorld({
  name: 'mapi-http-only',
  title: 'Outlook Anywhere is switched off: clients that do not speak MAPI over HTTP are left out.',
  analyzer: 'autodiscover',
  may: ['autodiscover.no-expr'],
  clients: everybody(connects('https-autodiscover'), { ...each(OLD_OUTLOOK, blocked), thunderbird: notTested }),
  hosts: { autodiscover: mailServer({ rpc: 'absent', settings: { offer: withoutAnywhere } }) },
});
