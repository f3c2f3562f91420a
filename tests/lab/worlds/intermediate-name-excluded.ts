import { mailServer } from '../hosts.ts';
import { nameExcluded } from '../pki/issuers.ts';
import { defineWorld } from '../world.ts';

export const intermediateNameExcluded = defineWorld({
  name: 'intermediate-name-excluded',
  title: 'The issuer of the certificate may not issue for this domain.',
  analyzer: 'tls',
  must: ['tls.certificate-name-constraint'],
  hosts: { autodiscover: mailServer({ certificate: nameExcluded }) },
});
