import { emptyBody } from '../autodiscover/disguises.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const emptyAnswer = defineWorld({
  name: 'empty-answer',
  title: 'After the sign-in comes an answer without anything in it.',
  analyzer: 'autodiscover',
  must: ['http.unexpected-answer'],
  hosts: { autodiscover: mailServer({ autodiscover: emptyBody }) },
});
