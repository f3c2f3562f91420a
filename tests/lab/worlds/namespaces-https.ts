import { httpsNamespaces } from '../autodiscover/disguises.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const namespacesHttps = defineWorld({
  name: 'namespaces-https',
  title: 'The settings stand in namespaces that begin with https.',
  analyzer: 'autodiscover',
  must: ['autodiscover.untidy-document'],
  hosts: { autodiscover: mailServer({ autodiscover: httpsNamespaces }) },
});
