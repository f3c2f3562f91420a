import { microsoft365 } from '../autodiscover/cloud.ts';
import { redirectJson } from '../autodiscover/json.ts';
import { everybody } from '../client-tables.ts';
import { connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const healthyHybrid = defineWorld({
  name: 'healthy-hybrid',
  title: 'Everything is well; Microsoft 365 knows the domain, and sends clients on to its own server.',
  askMicrosoft: true,
  clients: everybody(connects('https-autodiscover')),
  hosts: { autodiscover: mailServer(), cloud: microsoft365(redirectJson(({ domain }) => `autodiscover.${domain}`)) },
});
