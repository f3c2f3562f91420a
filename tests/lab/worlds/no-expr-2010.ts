import { exchange2019, type Offer } from '../autodiscover/pox.ts';
import { each, everybody, OLD_OUTLOOK } from '../client-tables.ts';
import { blocked, connects, notTested } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

const withoutAnywhere: Offer = (request) => exchange2019(request).filter((name) => !/^EX(PR|HTTP)$/.test(name));

export const noExpr2010 = defineWorld({
  name: 'no-expr-2010',
  title:
    'Everything is well for current clients, and somebody comes with Outlook 2010, which does not speak MAPI over HTTP.',
  analyzer: 'autodiscover',
  client: 'outlook-2010',
  must: ['autodiscover.no-expr'],
  clients: everybody(connects('https-autodiscover'), { ...each(OLD_OUTLOOK, blocked), thunderbird: notTested }),
  hosts: { autodiscover: mailServer({ rpc: 'absent', settings: { offer: withoutAnywhere } }) },
});
