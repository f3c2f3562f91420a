import { mailServerWithHttps } from '../hosts.ts';
import { clockWrongBy } from '../http/clock.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { overTls } from '../net/tls.ts';
import { notYetValid } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

const FOUR_DAYS = 4 * 24 * 60;

export const earlyByOurClock = defineWorld({
  name: 'early-by-our-clock',
  title: 'The certificate is valid for the mail server, whose clock is four days ahead.',
  analyzer: 'tls',
  must: ['tls.certificate-not-yet-valid', 'http.clock-skew'],
  hosts: {
    autodiscover: mailServerWithHttps(overTls(http(clockWrongBy(FOUR_DAYS, exchange())), { certificate: notYetValid })),
  },
});
