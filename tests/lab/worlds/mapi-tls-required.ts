import { mailServer } from '../hosts.ts';
import { wantsTls } from '../web/iis.ts';
import { defineWorld } from '../world.ts';

export const mapiTlsRequired = defineWorld({
  name: 'mapi-tls-required',
  title: 'A gateway ends TLS and goes on in plain HTTP, which the server behind it does not take.',
  analyzer: 'mapi-http',
  must: ['http.tls-required'],
  hosts: { autodiscover: mailServer({ mapi: wantsTls }) },
});
