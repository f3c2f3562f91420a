import { errorAnswer } from '../autodiscover/pox.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const providerError = defineWorld({
  name: 'provider-error',
  title: 'The mail server reports an error of its own instead of settings.',
  must: ['autodiscover.provider-error'],
  hosts: { autodiscover: mailServer({ autodiscover: () => errorAnswer(603) }) },
});
