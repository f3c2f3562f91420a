import { mailServerWithHttps } from '../hosts.ts';
import { answerWithoutTls, overTcp } from '../net/behaviours.ts';
import { defineWorld } from '../world.ts';

export const notTls = defineWorld({
  name: 'not-tls',
  title: 'The HTTPS port of the mail server speaks plain HTTP.',
  must: ['tls.not-tls'],
  hosts: { autodiscover: mailServerWithHttps(overTcp(answerWithoutTls)) },
});
