import type { Offer } from '../autodiscover/pox.ts';
import { each, everybody, WINDOWS } from '../client-tables.ts';
import { blocked, connects, notTested } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

const insideOnly: Offer = () => ['EXCH', 'WEB'];

export const noExpr = defineWorld({
  name: 'no-expr',
  title: 'Outlook Anywhere is switched off, and there is no MAPI over HTTP in its place.',
  analyzer: 'autodiscover',
  must: ['autodiscover.no-expr', 'autodiscover.no-mapi-http'],
  may: ['autodiscover.url-internal-only'],
  clients: everybody(connects('https-autodiscover'), { ...each(WINDOWS, blocked), thunderbird: notTested }),
  hosts: { autodiscover: mailServer({ rpc: 'absent', settings: { offer: insideOnly } }) },
});
