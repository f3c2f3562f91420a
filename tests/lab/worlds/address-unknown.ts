import { errorAnswer } from '../autodiscover/pox.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const addressUnknown = defineWorld({
  name: 'address-unknown',
  title: 'The mail server does not know the mail address.',
  must: ['autodiscover.address-unknown'],
  hosts: { autodiscover: mailServer({ autodiscover: () => errorAnswer(500) }) },
});
