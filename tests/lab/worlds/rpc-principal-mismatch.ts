import type { Change } from '../autodiscover/protocols.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

const otherPrincipal: Change = (values, protocol) =>
  protocol === 'EXPR' || protocol === 'EXHTTP'
    ? { ...values, CertPrincipalName: 'msstd:mail.contoso.example' }
    : values;

export const rpcPrincipalMismatch = defineWorld({
  name: 'rpc-principal-mismatch',
  title: 'Outlook Anywhere is told to expect the certificate of another host.',
  analyzer: 'rpc-http',
  client: 'outlook-2010',
  must: ['tls.mutual-auth-principal-mismatch'],
  hosts: { autodiscover: mailServer({ settings: { change: otherPrincipal } }) },
});
