import { mailServerWithHttps } from '../hosts.ts';
import { http } from '../http/server.ts';
import { overTls } from '../net/tls.ts';
import { wantsClientCertificate } from '../web/iis.ts';
import { defineWorld } from '../world.ts';

export const clientCertificateIis = defineWorld({
  name: 'client-certificate-iis',
  title: 'The mail server asks for a client certificate only after the request, as IIS does.',
  must: ['tls.client-certificate-required'],
  hosts: { autodiscover: mailServerWithHttps(overTls(http(wantsClientCertificate(7)))) },
});
