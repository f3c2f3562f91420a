import { mailServer } from '../hosts.ts';
import { manyNames } from '../pki/hostile.ts';
import { defineWorld } from '../world.ts';

export const certificateManyNames = defineWorld({
  name: 'certificate-many-names',
  title: 'The certificate is for ten thousand names, and the host is not among them.',
  analyzer: 'tls',
  must: ['tls.certificate-name-mismatch'],
  may: ['net.limit-reached'],
  hosts: { autodiscover: mailServer({ certificate: manyNames }) },
});
