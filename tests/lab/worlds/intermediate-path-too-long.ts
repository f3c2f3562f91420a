import { mailServer } from '../hosts.ts';
import { pathTooLong } from '../pki/issuers.ts';
import { defineWorld } from '../world.ts';

export const intermediatePathTooLong = defineWorld({
  name: 'intermediate-path-too-long',
  title: 'An intermediate stands below one that allows no further one.',
  analyzer: 'tls',
  must: ['tls.certificate-invalid'],
  hosts: { autodiscover: mailServer({ certificate: pathTooLong }) },
});
