import { mailServerWithHttps } from '../hosts.ts';
import { clockWrongBy } from '../http/clock.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const clockWrong = defineWorld({
  name: 'clock-wrong',
  title: 'The clock of the mail server is an hour ahead.',
  analyzer: 'tls',
  must: ['http.clock-skew'],
  hosts: { autodiscover: mailServerWithHttps(overTls(http(clockWrongBy(60, exchange())))) },
});
