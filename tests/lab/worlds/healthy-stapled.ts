import { mailServer } from '../hosts.ts';
import { mustStaple } from '../pki/extensions.ts';
import { good } from '../pki/ocsp-bends.ts';
import { stapled } from '../pki/published.ts';
import { defineWorld } from '../world.ts';

export const healthyStapled = defineWorld({
  name: 'healthy-stapled',
  title: 'Everything is well; the certificate wants an OCSP answer to come with it, and one comes.',
  analyzer: 'tls',
  hosts: { autodiscover: mailServer({ certificate: stapled(good, mustStaple()) }) },
});
