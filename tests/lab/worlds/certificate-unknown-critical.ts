import { mailServer } from '../hosts.ts';
import { unknownCritical } from '../pki/leaves.ts';
import { defineWorld } from '../world.ts';

export const certificateUnknownCritical = defineWorld({
  name: 'certificate-unknown-critical',
  title: 'The certificate holds something that must be understood, and that nobody understands.',
  analyzer: 'tls',
  must: ['tls.certificate-invalid'],
  hosts: { autodiscover: mailServer({ certificate: unknownCritical }) },
});
