import { nestedEntities } from '../autodiscover/disguises.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const xmlBomb = defineWorld({
  name: 'xml-bomb',
  title: 'The settings hold entities that grow to gigabytes where somebody follows them.',
  analyzer: 'autodiscover',
  must: ['autodiscover.invalid-xml'],
  hosts: { autodiscover: mailServer({ autodiscover: nestedEntities }) },
});
