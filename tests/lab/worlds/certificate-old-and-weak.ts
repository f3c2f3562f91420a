import { mailServer } from '../hosts.ts';
import { weakAllowed } from '../net/tls.ts';
import { oldAndWeak } from '../pki/leaves.ts';
import { defineWorld } from '../world.ts';

export const certificateOldAndWeak = defineWorld({
  name: 'certificate-old-and-weak',
  title: 'The certificate has expired, was made for another name, and its key is too short.',
  analyzer: 'tls',
  must: ['tls.certificate-expired', 'tls.certificate-name-mismatch', 'tls.certificate-weak'],
  hosts: { autodiscover: mailServer({ certificate: oldAndWeak, ...weakAllowed }) },
});
