import { mailServerWithHttps } from '../hosts.ts';
import { http } from '../http/server.ts';
import { overTls } from '../net/tls.ts';
import { wantsClientCertificate } from '../web/iis.ts';
import { defineWorld } from '../world.ts';

export const clientCertificateUntrusted = defineWorld({
  name: 'client-certificate-untrusted',
  title: 'The mail server trusts no client certificate, and says so after the request.',
  analyzer: 'tls',
  must: ['tls.client-certificate-required'],
  hosts: { autodiscover: mailServerWithHttps(overTls(http(wantsClientCertificate(16)))) },
});
