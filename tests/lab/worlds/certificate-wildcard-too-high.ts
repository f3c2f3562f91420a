import { mailServer } from '../hosts.ts';
import { wildcardTooHigh } from '../pki/leaves.ts';
import { defineWorld } from '../world.ts';

export const certificateWildcardTooHigh = defineWorld({
  name: 'certificate-wildcard-too-high',
  title: 'The certificate is for every host of the level above; a wildcard stands for one label only.',
  analyzer: 'tls',
  must: ['tls.certificate-name-mismatch'],
  hosts: { autodiscover: mailServer({ certificate: wildcardTooHigh }) },
});
