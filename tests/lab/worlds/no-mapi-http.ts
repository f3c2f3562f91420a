import { answerAutodiscover } from '../autodiscover/pox.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

const withoutMapiHttp = ['EXCH', 'EXPR', 'EXHTTP', 'WEB'] as const;

export const noMapiHttp = defineWorld({
  name: 'no-mapi-http',
  title: 'The settings do not offer MAPI over HTTP.',
  must: ['autodiscover.no-mapi-http'],
  hosts: { autodiscover: mailServer({ autodiscover: answerAutodiscover(() => withoutMapiHttp) }) },
});
