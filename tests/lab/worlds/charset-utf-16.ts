import { utf16 } from '../autodiscover/disguises.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const charsetUtf16 = defineWorld({
  name: 'charset-utf-16',
  title: 'The settings come in UTF-16 in place of UTF-8.',
  analyzer: 'autodiscover',
  must: ['autodiscover.untidy-document'],
  hosts: { autodiscover: mailServer({ autodiscover: utf16 }) },
});
