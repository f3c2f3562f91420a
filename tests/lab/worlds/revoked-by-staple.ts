import { mailServer } from '../hosts.ts';
import { revoked } from '../pki/ocsp-bends.ts';
import { stapled } from '../pki/published.ts';
import { defineWorld } from '../world.ts';

export const revokedByStaple = defineWorld({
  name: 'revoked-by-staple',
  title: 'The OCSP answer that the mail server staples says that its certificate has been revoked.',
  analyzer: 'tls',
  must: ['tls.certificate-revoked'],
  hosts: { autodiscover: mailServer({ certificate: stapled(revoked) }) },
});
