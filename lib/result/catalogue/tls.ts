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
    text: 'The certificate of {host} expired {days day|days} ago, on {notAfter}{clock?}',
    // `clock`: empty, unless the server's own clock says otherwise.
    args: { host: 'host', days: 'count', notAfter: 'date', clock: 'text' },
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
    text: 'The certificate of {host} is not valid before {notBefore}{clock?}',
    args: { host: 'host', notBefore: 'date', clock: 'text' },
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
    mayBe: {
      warning: 'the list that was asked trusts it, and so does the one of Outlook on Windows; others have given it up',
    },
    text: 'The certificate of {host} comes from an issuer that is not trusted: {name} (asked: {list})',
    args: { host: 'host', name: 'name', list: 'text' },
  }),
  'tls.intermediate-missing': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The chain of {host} is incomplete: the intermediate certificate {name} is missing',
    // `elsewhere`: whether the address that its own certificate names for it has it.
    args: { host: 'host', name: 'name', elsewhere: 'text' },
  }),
  'tls.certificate-invalid': entry({
    severity: 'error',
    actor: 'mail-admin',
    mayBe: {
      warning: 'strict validators refuse it, clients in use do not',
      notice: 'a formality that nobody enforces',
    },
    text: 'The certificate of {host} is not made as it has to be: {reason}',
    args: { host: 'host', name: 'name', reason: 'text' },
  }),
  'tls.certificate-changes': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} shows another certificate on each connection',
    args: { host: 'host', first: 'text', second: 'text' },
  }),
  'tls.old-protocol-enabled': entry({
    severity: 'notice',
    actor: 'mail-admin',
    text: '{host} still accepts {protocols} beside newer versions',
    args: { host: 'host', protocols: 'text' },
  }),
  'tls.weak-cipher': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: '{host} accepts encryption that protects nobody: {kinds}',
    args: { host: 'host', kinds: 'text', suites: 'text' },
  }),
  'tls.certificate-weak': entry({
    severity: 'error',
    actor: 'mail-admin',
    mayBe: {
      warning: 'strict validators refuse it, clients in use do not',
      notice: 'a formality that nobody enforces',
    },
    text: 'The certificate {name} that {host} uses is too weak: {reason}',
    args: { host: 'host', name: 'name', reason: 'text' },
  }),
  'tls.certificate-wrong-usage': entry({
    severity: 'error',
    actor: 'mail-admin',
    mayBe: {
      warning: 'strict validators refuse it, clients in use do not',
      notice: 'a formality that nobody enforces',
    },
    text: 'The certificate of {host} was not made for this use: {reason}',
    args: { host: 'host', name: 'name', reason: 'text' },
  }),
  'tls.certificate-name-constraint': entry({
    severity: 'error',
    actor: 'mail-admin',
    mayBe: {
      warning: 'strict validators refuse it, clients in use do not',
      notice: 'a formality that nobody enforces',
    },
    text: '{issuer} issued the certificate of {host}, but may not issue for {name}',
    args: { host: 'host', issuer: 'name', name: 'name', constraint: 'text' },
  }),
  'tls.certificate-revoked': entry({
    severity: 'error',
    actor: 'mail-admin',
    felt: true,
    text: 'The certificate {name} that {host} uses was revoked on {revokedAt}',
    args: { host: 'host', name: 'name', revokedAt: 'date', reason: 'text', source: 'text' },
  }),
  'tls.revocation-unknown': entry({
    severity: 'notice',
    actor: 'mail-admin',
    mayBe: { warning: 'the certificate demands a stapled answer: strict clients refuse it without one' },
    text: 'Whether {name} has been revoked could not be found out: {reason}',
    args: { host: 'host', name: 'name', source: 'text', reason: 'text' },
  }),
  'tls.client-certificate-required': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} wants a client certificate that it accepts ({how})',
    args: { host: 'host', how: 'text' },
  }),
  'tls.chain-order': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: 'The certificates of {host} are not in good order: {reason}',
    args: { host: 'host', reason: 'text', names: 'name' },
  }),
  'tls.interception': entry({
    severity: 'warning',
    actor: 'network-admin',
    mayBe: { error: 'clients do not trust the authority of what opens the encryption: this is why they refuse' },
    text: 'Something on the way to {host} may be opening the encryption: {reason}',
    args: { host: 'host', issuer: 'name', reason: 'text' },
  }),
  'tls.no-sni-default': entry({
    severity: 'notice',
    actor: 'mail-admin',
    text: 'A client that does not name {host} while connecting gets {what}',
    args: { host: 'host', what: 'text' },
  }),
  'tls.mutual-auth-principal-mismatch': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'Outlook is told to expect {principal} in the certificate of {host}, but it was made for {names}',
    args: { host: 'host', principal: 'text', names: 'host' },
  }),
  'tls.mutual-auth-principal-in-san': entry({
    severity: 'notice',
    actor: 'mail-admin',
    text: 'The certificate of {host} names {principal} as an alternative name only, not as its subject',
    args: { host: 'host', principal: 'text', subject: 'name' },
  }),
} as const;
