import { jsonLeads } from '../client-tables.ts';
import { mailServer } from '../hosts.ts';
import { frontEnd } from '../mail/exchange.ts';
import { notFound } from '../mail/not-found.ts';
import { defineWorld } from '../world.ts';

export const jsonOnly = defineWorld({
  name: 'json-only',
  title: 'The newer form of Autodiscover answers, but the one that Outlook reads is not there.',
  analyzer: 'autodiscover',
  must: ['http.not-found'],
  may: ['autodiscover.not-found'],
  clients: jsonLeads,
  hosts: { autodiscover: mailServer({ beforeSignIn: frontEnd(404), soap: notFound }) },
});
