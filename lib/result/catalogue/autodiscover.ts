/** Findings about Autodiscover. */
import { entry } from './entry.ts';

export const autodiscover = {
  'autodiscover.not-found': entry({
    severity: 'error',
    actor: 'dns-admin',
    text: 'No mail server announces itself for {domain}: Autodiscover was found at none of {hosts}',
    args: { domain: 'host', hosts: 'host' },
  }),
  'autodiscover.other-product-answers': entry({
    severity: 'warning',
    actor: 'dns-admin',
    felt: true,
    mayBe: { error: 'these settings end the attempt at this host: no Exchange protocol is in them' },
    text: '{host} answers Autodiscover with settings of another product ({protocols})',
    args: { host: 'host', protocols: 'text' },
  }),
  'autodiscover.invalid-xml': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} does not answer with an Autodiscover document: {reason} (line {line}, column {column})',
    args: { host: 'host', reason: 'text', line: 'count', column: 'count' },
  }),
  'autodiscover.provider-error': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'Autodiscover on {host} reports error {number}: {message}',
    args: { host: 'host', number: 'text', message: 'text', debug: 'text' },
  }),
  'autodiscover.address-unknown': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The mail server {host} does not know the address {mailbox} (error {number})',
    args: { host: 'host', mailbox: 'mailbox', number: 'text', message: 'text' },
  }),
  'autodiscover.no-exch': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} answers, but offers nothing that Outlook can connect with',
    args: { host: 'host', protocols: 'text' },
  }),
  'autodiscover.no-mapi-http': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: '{host} does not offer MAPI over HTTP, although the client asked for it',
    args: { host: 'host', protocols: 'text' },
  }),
} as const;
