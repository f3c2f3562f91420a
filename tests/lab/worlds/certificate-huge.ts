import { mailServer } from '../hosts.ts';
import { huge } from '../pki/hostile.ts';
import { defineWorld } from '../world.ts';

export const certificateHuge = defineWorld({
  name: 'certificate-huge',
  title: 'The certificate has a million bytes.',
  analyzer: 'tls',
  must: ['net.limit-reached'],
  hosts: { autodiscover: mailServer({ certificate: huge }) },
});
