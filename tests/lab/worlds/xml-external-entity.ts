import { externalEntities } from '../autodiscover/disguises.ts';
import { mailServer, webServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const xmlExternalEntity = defineWorld({
  name: 'xml-external-entity',
  title: 'The settings want to be completed with a file of the machine that reads them.',
  analyzer: 'autodiscover',
  must: ['autodiscover.invalid-xml'],
  hosts: {
    autodiscover: mailServer({ autodiscover: externalEntities('http://pki.xml-external-entity.lab.test/told') }),
    pki: webServer(),
  },
});
