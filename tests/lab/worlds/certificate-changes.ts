import { mailServerWithHttps } from '../hosts.ts';
import { closing } from '../http/closing.ts';
import { http } from '../http/server.ts';
import { exchange } from '../mail/exchange.ts';
import { newCertificateEachTime, overTls } from '../net/tls.ts';
import { defineWorld } from '../world.ts';

export const certificateChanges = defineWorld({
  name: 'certificate-changes',
  title: 'The mail server shows another certificate on every connection, though each of them is valid.',
  must: ['tls.certificate-changes'],
  hosts: { autodiscover: mailServerWithHttps(overTls(http(closing(exchange())), newCertificateEachTime)) },
});
