import { mailServer } from '../hosts.ts';
import { weakAllowed } from '../net/tls.ts';
import { sha1 } from '../pki/leaves.ts';
import { defineWorld } from '../world.ts';

export const certificateSha1 = defineWorld({
  name: 'certificate-sha1',
  title: 'The certificate was signed with SHA-1.',
  analyzer: 'tls',
  must: ['tls.certificate-weak'],
  hosts: { autodiscover: mailServer({ certificate: sha1, ...weakAllowed }) },
});
