import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const principalMismatch = defineWorld({
  name: 'principal-mismatch',
  title: 'Outlook is told to expect the certificate of another host.',
  analyzer: 'tls',
  must: ['tls.mutual-auth-principal-mismatch'],
  principal: 'msstd:mail.contoso.example',
  hosts: { autodiscover: mailServer() },
});
