import { webPage } from '../autodiscover/disguises.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const htmlAnswer = defineWorld({
  name: 'html-answer',
  title: 'After the sign-in comes a web page in place of the settings.',
  analyzer: 'autodiscover',
  must: ['http.unexpected-answer'],
  hosts: { autodiscover: mailServer({ autodiscover: webPage }) },
});
