import { errorAnswer } from '../autodiscover/pox.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const directoryDown = defineWorld({
  name: 'directory-down',
  title: 'The mail server cannot reach its directory, and names it.',
  analyzer: 'autodiscover',
  must: ['autodiscover.provider-error'],
  hosts: {
    autodiscover: mailServer({
      autodiscover: () => errorAnswer(603, 'LAB-DC01.corp.lab.test did not answer within 30 s'),
    }),
  },
});
