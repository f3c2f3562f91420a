import { mailServer } from '../hosts.ts';
import { hugeKey } from '../pki/hostile.ts';
import { defineWorld } from '../world.ts';

export const intermediateRsa16384 = defineWorld({
  name: 'intermediate-rsa-16384',
  title: 'The key of the intermediate is eight times as long as usual.',
  analyzer: 'tls',
  must: ['tls.certificate-invalid'],
  may: ['tls.certificate-weak'],
  hosts: { autodiscover: mailServer({ certificate: hugeKey }) },
});
