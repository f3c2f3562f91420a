import { without } from '../autodiscover/changes.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const noAuthPackage = defineWorld({
  name: 'no-auth-package',
  title: 'The settings do not say how to sign in.',
  analyzer: 'autodiscover',
  must: ['autodiscover.no-auth-package'],
  clients: everybody(connects('https-autodiscover')),
  hosts: { autodiscover: mailServer({ settings: { change: without('AuthPackage') } }) },
});
