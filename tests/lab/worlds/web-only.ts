import { answerAutodiscover } from '../autodiscover/pox.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const webOnly = defineWorld({
  name: 'web-only',
  title: 'The settings name the web client alone: nothing that Outlook could use.',
  must: ['autodiscover.no-exch'],
  hosts: { autodiscover: mailServer({ autodiscover: answerAutodiscover({ offer: () => ['WEB'] as const }) }) },
});
