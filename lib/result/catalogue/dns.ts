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
    text: 'The name servers for {host} cannot tell its {what?addresses} ({answer})',
    args: { host: 'host', what: 'text', answer: 'text', resolver: 'address' },
    mayBe: {
      warning: 'the other question, IPv4 or IPv6, was answered: some clients fail or wait, others notice nothing',
    },
  }),
  'dns.lookup-timeout': entry({
    severity: 'error',
    actor: 'dns-admin',
    text: 'No name server told the {what?addresses} of {host} within {waited}',
    args: { host: 'host', what: 'text', waited: 'ms', resolver: 'address' },
    mayBe: {
      warning: 'the other question, IPv4 or IPv6, was answered: clients wait for this one, and go on without it',
    },
  }),
  'dns.internal-address': entry({
    severity: 'error',
    actor: 'dns-admin',
    text: 'The name {host} leads to {addresses}, which cannot be reached from outside ({rule})',
    args: { host: 'host', addresses: 'address', rule: 'text' },
    mayBe: { warning: 'the name has other addresses that can be reached: only clients that try this one suffer' },
  }),
  'dns.internal-name': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} cannot exist outside your own network: {rule}',
    args: { host: 'host', rule: 'text' },
  }),
  'dns.wildcard-answer': entry({
    severity: 'notice',
    actor: 'dns-admin',
    text: 'Every name beside {host} leads to the same address, by the wildcard record {wildcard}',
    args: { host: 'host', wildcard: 'host' },
  }),
} as const;
