import { mailServerWithHttps } from '../hosts.ts';
import { talkNonsense } from '../net/behaviours.ts';
import { overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const notHttp = defineWorld({
  name: 'not-http',
  title: 'The HTTPS port of the mail server speaks TLS, but something other than HTTP inside it.',
  must: ['http.unexpected-answer'],
  hosts: { autodiscover: mailServerWithHttps(overTls(talkNonsense)) },
});
