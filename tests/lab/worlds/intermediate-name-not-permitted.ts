import { mailServer } from '../hosts.ts';
import { nameNotPermitted } from '../pki/issuers.ts';
import { defineWorld } from '../world.ts';

export const intermediateNameNotPermitted = defineWorld({
  name: 'intermediate-name-not-permitted',
  title: 'The issuer of the certificate may issue for another domain only.',
  analyzer: 'tls',
  must: ['tls.certificate-name-constraint'],
  hosts: { autodiscover: mailServer({ certificate: nameNotPermitted }) },
});
