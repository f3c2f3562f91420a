import { mailServerWithHttps } from '../hosts.ts';
import { closing } from '../http/closing.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { newCertificateEachTime, overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const certificateChanges = defineWorld({
  name: 'certificate-changes',
  title: 'Behind one name stand two servers in turn: one has a valid certificate, the other an expired one.',
  must: ['tls.certificate-changes'],
  hosts: { autodiscover: mailServerWithHttps(overTls(http(closing(exchange())), newCertificateEachTime)) },
});
