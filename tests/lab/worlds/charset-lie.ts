import { wrongCharset } from '../autodiscover/disguises.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const charsetLie = defineWorld({
  name: 'charset-lie',
  title: 'The settings say that they are in another character set than they are.',
  analyzer: 'autodiscover',
  must: ['autodiscover.untidy-document'],
  hosts: { autodiscover: mailServer({ autodiscover: wrongCharset }) },
});
