import { mailServerWithHttps } from '../hosts.ts';
import { dribble, overTcp } from '../net/behaviours.ts';
import { defineWorld } from '../world.ts';

export const tlsDribble = defineWorld({
  name: 'tls-dribble',
  title: 'The mail server sends one byte of its first message per second.',
  analyzer: 'tls',
  must: ['tls.timeout'],
  hosts: { autodiscover: mailServerWithHttps(overTcp(dribble)) },
});
