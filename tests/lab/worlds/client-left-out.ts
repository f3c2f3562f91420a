import { answerAutodiscover, errorAnswer } from '../autodiscover/pox.ts';
import { readAutodiscoverRequest } from '../autodiscover/request.ts';
import { everybody } from '../client-tables.ts';
import { blocked, connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import type { Handler } from '../http/message.ts';
import { defineWorld } from '../world.ts';

const settings = answerAutodiscover();

/** Nothing is published for phones. */
const withoutActiveSync: Handler = (request, place, random) => {
  const asked = readAutodiscoverRequest(request);
  const isPhone = 'schema' in asked && asked.schema === 'mobilesync';
  return isPhone ? errorAnswer(601) : settings(request, place, random);
};

export const clientLeftOut = defineWorld({
  name: 'client-left-out',
  title: 'Everything is well for Outlook, and somebody comes with a phone: ActiveSync is not published.',
  analyzer: 'autodiscover',
  client: 'android-mail',
  must: ['autodiscover.client-left-out'],
  clients: everybody(connects('https-autodiscover'), { 'android-mail': blocked }),
  hosts: { autodiscover: mailServer({ autodiscover: withoutActiveSync }) },
});
