/** The TLS handshake over a connection that is open already. Accepts every certificate: judging it is another step's work. */
import type { X509Certificate } from 'node:crypto';
import { connect, createSecureContext, rootCertificates, type SecureContext, type TLSSocket } from 'node:tls';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Dialed } from './dialer.ts';
import { errorCode, type FailureCode, NetFailure } from './failure.ts';
import { limits } from './limits.ts';
import type { NetworkProfile } from './profile.ts';

export interface TlsSession {
  readonly dialed: Dialed;
  readonly socket: TLSSocket;
  readonly protocol: string;
  /** As sent, leaf first; PEM. Never empty. */
  readonly chain: readonly string[];
  /** SHA-256 of the leaf, as the person sees it in a certificate window. */
  readonly fingerprint: string;
  /** OpenSSL's own objection, name and dates left out where they hide nothing; null where it has none. */
  readonly objection: string | null;
  /** PEM of every root that this run trusts: Mozilla's list as bundled with Node, and the profile's own. */
  readonly roots: readonly string[];
  readonly tlsMs: number;
  readonly evidence: Evidence;
}

interface TrustStore {
  readonly roots: readonly string[];
  readonly context: SecureContext;
}

/** Parsing Mozilla's list takes longer than a handshake, and an installation has one or two sets of own roots. */
const trustStores = new Map<string, TrustStore>();

/** The trust anchors of a run. Never the machine's own store: the verdict must not depend on where we run. */
function trustStore({ roots: own }: NetworkProfile): TrustStore {
  const key = own.join();
  const known = trustStores.get(key);
  if (known !== undefined) return known;
  const roots = [...rootCertificates, ...own];
  const store = { roots, context: createSecureContext({ ca: roots, minVersion: 'TLSv1.2' }) };
  trustStores.set(key, store);
  return store;
}

/**
 * Shakes hands with SNI and ALPN http/1.1, TLS 1.2 or newer.
 * @throws NetFailure not-tls, tls-timeout, tls-alert (also where the peer just closes), tls-too-old, reset
 */
export async function handshake(dialed: Dialed, profile: NetworkProfile, signal: AbortSignal): Promise<TlsSession> {
  // While other addresses were waited for, the peer may have hung up.
  if (dialed.socket.destroyed) throw new NetFailure('reset', { ...where(dialed), phase: 'before the TLS handshake' });
  const started = performance.now();
  const { roots, context } = trustStore(profile);
  const socket = await secure(dialed, context, signal);
  try {
    return sessionOf(dialed, socket, roots, Math.round((performance.now() - started) * 10) / 10);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function sessionOf(dialed: Dialed, socket: TLSSocket, roots: readonly string[], tlsMs: number): TlsSession {
  const chain = sentChain(socket, dialed.host);
  const leaf = chain[0];
  if (leaf === undefined) throw new NetFailure('tls-alert', { ...where(dialed), detail: 'no certificate was sent' });
  return {
    dialed,
    socket,
    protocol: socket.getProtocol() ?? 'unknown',
    chain: chain.map((certificate) => certificate.toString()),
    fingerprint: leaf.fingerprint256,
    objection: socket.authorizationError ? String(socket.authorizationError) : null,
    roots,
    tlsMs,
    evidence: evidenceOf(dialed, socket, tlsMs),
  };
}

function secure(dialed: Dialed, secureContext: SecureContext, signal: AbortSignal): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      socket: dialed.socket,
      servername: isName(dialed.host) ? dialed.host : '',
      ALPNProtocols: ['http/1.1'],
      secureContext,
      rejectUnauthorized: false,
    });
    const settle = (failure: NetFailure | null): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      if (failure === null) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(failure);
    };
    const fail = (code: FailureCode, detail: string): void =>
      settle(
        new NetFailure(code, { ...where(dialed), detail, waitedMs: limits.tlsMs, phase: 'during the TLS handshake' }),
      );
    const onAbort = (): void => fail('unknown', 'cancelled');
    const timer = setTimeout(() => fail('tls-timeout', 'silence'), limits.tlsMs);
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('secureConnect', () => settle(null));
    // Stays for good: later errors belong to the exchange, and between the two one that nobody hears would end the process.
    socket.on('error', (error) => fail(...classify(error)));
    socket.once('close', () => fail('tls-alert', 'closed without an alert'));
  });
}

const where = (dialed: Dialed) => ({ host: dialed.host, port: dialed.port, addresses: [dialed.address.address] });

/** Specific before generic. OpenSSL names an alert in its code: ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE. */
function classify(error: Error): [FailureCode, string] {
  const code = errorCode(error);
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|BAD_RECORD_TYPE|RECORD_TOO_/.test(code))
    return ['not-tls', code];
  if (/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|WRONG_SSL_VERSION/.test(code)) return ['tls-too-old', code];
  const alert = /ALERT_(?:NO_)?([A-Z_]+)$/.exec(code);
  if (alert) return ['tls-alert', `alert ${(alert[1] ?? code).toLowerCase().replaceAll('_', ' ')}`];
  // Node reports a peer that closes politely in mid-handshake as ECONNRESET with this sentence.
  if (/disconnected before secure/.test(error.message)) return ['tls-alert', 'closed without an alert'];
  if (code === 'ECONNRESET' || code === 'EPIPE') return ['reset', code];
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO')
    return ['tls-alert', code.replace('ERR_SSL_', '').toLowerCase().replaceAll('_', ' ')];
  return ['unknown', code];
}

/** The chain in the order of the wire. A certificate that is its own issuer ends the list. */
function sentChain(socket: TLSSocket, host: string): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let next = socket.getPeerX509Certificate();
  while (next !== undefined && !chain.some((known) => known.fingerprint256 === next?.fingerprint256)) {
    chain.push(next);
    if (chain.length > limits.chain) throw tooLong(host);
    next = next.issuerCertificate;
  }
  return chain;
}

function tooLong(host: string): NetFailure {
  const what = 'a certificate chain';
  return new NetFailure('too-large', {
    host,
    limit: { what, value: `${limits.chain} certificates` },
  });
}

function evidenceOf(dialed: Dialed, socket: TLSSocket, elapsedMs: number): Evidence {
  const cipher = socket.getCipher();
  const keys = socket.getEphemeralKeyInfo() as { name?: string; type?: string; size?: number } | null;
  return {
    kind: 'tls',
    body: {
      host: dialed.host,
      address: dialed.address.address,
      protocol: socket.getProtocol(),
      cipher: cipher.standardName ?? cipher.name,
      alpn: socket.alpnProtocol || null,
      keyExchange: keys?.type === undefined ? null : `${keys.name ?? keys.type} ${keys.size ?? ''}`.trim(),
      elapsedMs,
    },
  };
}

/** SNI must not carry an address. RFC 6066 3 */
function isName(host: string): boolean {
  return !/^[\d.]+$/.test(host) && !host.includes(':');
}
