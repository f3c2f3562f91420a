import { mailServer } from '../hosts.ts';
import { threeProblems } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

export const certificateThreeProblems = defineWorld({
  name: 'certificate-three-problems',
  title: 'The certificate has expired, was made for another name, and nobody trusts its issuer.',
  must: ['tls.certificate-expired', 'tls.certificate-name-mismatch', 'tls.certificate-untrusted-root'],
  hosts: { autodiscover: mailServer({ certificate: threeProblems }) },
});
