import { mailServer } from '../hosts.ts';
import { notAnAuthority } from '../pki/issuers.ts';
import { defineWorld } from '../world.ts';

export const intermediateNoAuthority = defineWorld({
  name: 'intermediate-no-authority',
  title: 'The certificate was signed with that of a server, which is no authority.',
  analyzer: 'tls',
  must: ['tls.certificate-invalid'],
  hosts: { autodiscover: mailServer({ certificate: notAnAuthority }) },
});
