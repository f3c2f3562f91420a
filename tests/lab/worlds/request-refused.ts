import { errorAnswer } from '../autodiscover/pox.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const requestRefused = defineWorld({
  name: 'request-refused',
  title: 'The mail server calls every request invalid, and says where in its program.',
  analyzer: 'autodiscover',
  must: ['autodiscover.provider-error'],
  hosts: {
    autodiscover: mailServer({
      autodiscover: () => errorAnswer(600, 'ProxyRequestHandler.BeginProcessRequest: no header'),
    }),
  },
});
