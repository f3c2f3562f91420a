import { mailServerWithHttps } from '../hosts.ts';
import { overTcp, staySilent } from '../net/behaviours.ts';
import { defineWorld } from '../world.ts';

export const silentPort = defineWorld({
  name: 'silent-port',
  title: 'The HTTPS port of the mail server accepts connections, but never says a word.',
  must: ['tls.timeout'],
  hosts: { autodiscover: mailServerWithHttps(overTcp(staySilent)) },
});
