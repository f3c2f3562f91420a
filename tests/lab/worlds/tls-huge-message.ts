import { mailServerWithHttps } from '../hosts.ts';
import { announceTooMuch, overTcp } from '../net/behaviours.ts';
import { defineWorld } from '../world.ts';

export const tlsHugeMessage = defineWorld({
  name: 'tls-huge-message',
  title: 'The mail server announces a message of 16 MiB.',
  analyzer: 'tls',
  must: ['net.limit-reached'],
  hosts: { autodiscover: mailServerWithHttps(overTcp(announceTooMuch)) },
});
