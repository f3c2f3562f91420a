import { hugeJson } from '../autodiscover/hostile.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const jsonHuge = defineWorld({
  name: 'json-huge',
  title: 'The mail server sends fifty megabytes in the newer form of Autodiscover.',
  analyzer: 'autodiscover',
  must: ['net.limit-reached'],
  clients: everybody(connects('https-autodiscover')),
  hosts: { autodiscover: mailServer({ json: hugeJson }) },
});
