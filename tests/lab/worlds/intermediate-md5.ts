import { mailServer } from '../hosts.ts';
import { weakAllowed } from '../net/tls.ts';
import { md5 } from '../pki/issuers.ts';
import { defineWorld } from '../world.ts';

export const intermediateMd5 = defineWorld({
  name: 'intermediate-md5',
  title: 'The intermediate certificate was signed with MD5.',
  analyzer: 'tls',
  must: ['tls.certificate-weak'],
  hosts: { autodiscover: mailServer({ certificate: md5, ...weakAllowed }) },
});
