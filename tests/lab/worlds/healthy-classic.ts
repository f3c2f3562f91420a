import { answerAutodiscover } from '../autodiscover/pox.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

const everything = ['EXCH', 'EXPR', 'EXHTTP', 'WEB', 'mapiHttp'] as const;

export const healthyClassic = defineWorld({
  name: 'healthy-classic',
  title: 'Everything is well; an older Exchange, which names all its protocols to every client.',
  hosts: { autodiscover: mailServer({ autodiscover: answerAutodiscover({ offer: () => everything }) }) },
});
