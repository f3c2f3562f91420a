/** Turns a failure of the network into a finding: one table, exhaustive, so that no failure is blamed by accident. */
import type { NetFailure } from '#lib/net/failure.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';

/** The finding for a failure. `null` for one that we did not foresee: that is our fault, not the server's. */
export function findingFor(failure: NetFailure): FindingDraft | null {
  const { code, details } = failure;
  const { host, detail = 'unknown', path = '/' } = details;
  const port = String(details.port ?? 443);
  const addresses = details.addresses ?? [];
  const resolver = details.resolver ?? 'unknown';
  const waited = details.waitedMs ?? 0;
  switch (code) {
    case 'name-not-found':
    case 'no-address':
      return draft('dns.host-not-found', { host, absence: absenceOf(failure) });
    case 'name-internal':
      return draft('dns.internal-name', { host, rule: detail });
    case 'name-server-failed':
      return draft('dns.lookup-failed', { host, what: details.what ?? 'addresses', answer: detail, resolver });
    case 'name-server-silent':
      return draft('dns.lookup-timeout', { host, what: details.what ?? 'addresses', waited, resolver });
    case 'address-internal':
      return draft('dns.internal-address', { host, addresses, rule: detail });
    case 'target-not-allowed':
      return draft('net.target-not-allowed', { host, address: addresses, rule: detail });
    case 'refused':
      return draft('tcp.refused', { host, port, addresses });
    case 'connect-timeout':
      return draft('tcp.timeout', { host, port, addresses, waited });
    case 'unreachable':
      return draft('tcp.unreachable', { host, port, addresses });
    case 'no-own-address':
      return draft('tool.not-tested', {
        what: `Port ${port} of ${host}`,
        reason: `it can be reached over ${detail} only, and this installation has no public ${detail} address`,
      });
    case 'reset':
    case 'closed-early':
    case 'closed-between-requests':
      return draft('net.reset', { host, address: addresses, phase: details.phase ?? 'while connecting' });
    case 'proxy-refused':
      return draft('net.outbound-proxy-refused', { host, proxy: details.proxy ?? 'unknown', answer: detail });
    case 'not-tls':
      return draft('tls.not-tls', { host, port });
    case 'tls-timeout':
      return draft('tls.timeout', { host, port, waited });
    case 'tls-alert':
      return draft('tls.handshake-failed', { host, port, alert: detail });
    case 'tls-too-old':
      return draft('tls.protocol-too-old', { host, port });
    case 'client-certificate':
      return draft('tls.client-certificate-required', { host, how: detail });
    case 'certificate-changed': {
      const [first, second] = details.fingerprints ?? ['unknown', 'unknown'];
      return draft('tls.certificate-changes', { host, first, second });
    }
    case 'http-timeout':
      return draft('http.timeout', { host, path, waited });
    case 'not-http':
      return draft('http.unexpected-answer', { host, path, what: 'no HTTP answer' });
    case 'too-large':
      return draft('net.limit-reached', {
        host,
        what: details.limit?.what ?? 'data',
        limit: details.limit?.value ?? '',
      });
    case 'unknown':
      return null;
  }
}

/** In what way a name has no address: it is not there, it has none, it is an alias for such a one, or it is no name. */
function absenceOf({ code, details }: NetFailure): string {
  if (details.detail === 'malformed') return 'is not a name that DNS can hold';
  const isThere = code === 'no-address';
  if (details.target === undefined) return isThere ? 'exists in DNS, but has no address' : 'does not exist in DNS';
  return `is an alias for a name that ${isThere ? 'has no address' : 'does not exist in DNS'}`;
}
