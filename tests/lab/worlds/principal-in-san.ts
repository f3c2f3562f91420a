import { mailServer } from '../hosts.ts';
import { alsoForOutlook } from '../pki/leaves.ts';
import { defineWorld } from '../world.ts';

export const principalInSan = defineWorld({
  name: 'principal-in-san',
  title: 'Outlook is told to expect a name that the certificate has as an alternative only.',
  analyzer: 'tls',
  must: ['tls.mutual-auth-principal-in-san'],
  principal: 'msstd:outlook.principal-in-san.lab.test',
  hosts: { autodiscover: mailServer({ certificate: alsoForOutlook }) },
});
