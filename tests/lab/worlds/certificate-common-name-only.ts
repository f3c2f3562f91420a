import { mailServer } from '../hosts.ts';
import { commonNameOnly } from '../pki/identities.ts';
import { defineWorld } from '../world.ts';

export const certificateCommonNameOnly = defineWorld({
  name: 'certificate-common-name-only',
  title: 'The certificate names the host only where clients of today do not look.',
  must: ['tls.certificate-common-name-only'],
  hosts: { autodiscover: mailServer({ certificate: commonNameOnly }) },
});
