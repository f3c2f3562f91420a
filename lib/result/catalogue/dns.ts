/** Findings about names. */
import { entry } from './entry.ts';

export const dns = {
  'dns.host-not-found': entry({
    severity: 'error',
    actor: 'dns-admin',
    text: '{host} {absence}',
    args: { host: 'host', absence: 'text' },
  }),
  'dns.lookup-failed': entry({
    severity: 'error',
    actor: 'dns-admin',
    text: 'The name servers for {host} cannot answer ({answer})',
    args: { host: 'host', answer: 'text', resolver: 'address' },
  }),
  'dns.lookup-timeout': entry({
    severity: 'error',
    actor: 'dns-admin',
    text: 'No name server answered for {host} within {waited}',
    args: { host: 'host', waited: 'ms', resolver: 'address' },
  }),
  'dns.internal-address': entry({
    severity: 'error',
    actor: 'dns-admin',
    text: 'The name {host} leads to {addresses}, which cannot be reached from outside ({rule})',
    args: { host: 'host', addresses: 'address', rule: 'text' },
  }),
} as const;
