/** Findings about TLS and certificates. */
import { entry } from './entry.ts';

export const tls = {
  'tls.not-tls': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'Port {port} of {host} answers, but does not speak TLS',
    args: { host: 'host', port: 'text' },
  }),
  'tls.timeout': entry({
    severity: 'error',
    actor: 'mail-admin',
    felt: true,
    text: '{host} accepts the connection and then stays silent: no TLS handshake within {waited}',
    args: { host: 'host', port: 'text', waited: 'ms' },
  }),
  'tls.handshake-failed': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} broke off the TLS handshake ({alert})',
    args: { host: 'host', port: 'text', alert: 'text' },
  }),
  'tls.protocol-too-old': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} speaks only TLS 1.1 or older, which clients of today refuse',
    args: { host: 'host', port: 'text' },
  }),
  'tls.certificate-name-mismatch': entry({
    severity: 'error',
    actor: 'mail-admin',
    felt: true,
    text: 'The certificate of {host} was made for other names: {names}',
    args: { host: 'host', names: 'host' },
  }),
  'tls.certificate-common-name-only': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The certificate names {host} only in its common name, which clients of today ignore',
    args: { host: 'host', commonName: 'host' },
  }),
  'tls.certificate-expired': entry({
    severity: 'error',
    actor: 'mail-admin',
    felt: true,
    text: 'The certificate of {host} expired {days day|days} ago, on {notAfter}',
    args: { host: 'host', days: 'count', notAfter: 'date' },
  }),
  'tls.certificate-expires-soon': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: 'The certificate of {host} expires in {days day|days}, on {notAfter}',
    args: { host: 'host', days: 'count', notAfter: 'date' },
  }),
  'tls.intermediate-expired': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The certificate of {host} is valid, but its issuer {name} expired on {notAfter}',
    args: { host: 'host', name: 'name', notAfter: 'date' },
  }),
  'tls.certificate-not-yet-valid': entry({
    severity: 'error',
    actor: 'mail-admin',
    felt: true,
    text: 'The certificate of {host} is not valid before {notBefore}',
    args: { host: 'host', notBefore: 'date' },
  }),
  'tls.certificate-self-signed': entry({
    severity: 'error',
    actor: 'mail-admin',
    felt: true,
    text: 'The certificate of {host} is self-signed: no client trusts it',
    args: { host: 'host', name: 'name' },
  }),
  'tls.certificate-untrusted-root': entry({
    severity: 'error',
    actor: 'mail-admin',
    felt: true,
    text: 'The certificate of {host} comes from an issuer that is not trusted: {name} (asked: {list})',
    args: { host: 'host', name: 'name', list: 'text' },
  }),
  'tls.intermediate-missing': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} does not send the intermediate certificate {name}, so the chain is incomplete',
    args: { host: 'host', name: 'name' },
  }),
  'tls.certificate-invalid': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The certificate of {host} is not valid: {reason}',
    args: { host: 'host', name: 'name', reason: 'text' },
  }),
  'tls.certificate-changes': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} shows another certificate on each connection',
    args: { host: 'host', first: 'text', second: 'text' },
  }),
} as const;
