import { wrongNamespaces } from '../autodiscover/disguises.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const namespacesWrong = defineWorld({
  name: 'namespaces-wrong',
  title: 'The settings stand in a namespace that is not theirs.',
  analyzer: 'autodiscover',
  must: ['autodiscover.untidy-document'],
  hosts: { autodiscover: mailServer({ autodiscover: wrongNamespaces }) },
});
