/** The TLS handshake over a connection that is open already. Accepts every certificate: judging it is another step's work. */
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type SecureContext, type TLSSocket } from 'node:tls';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Dialed } from './dialer.ts';
import { NetFailure } from './failure.ts';
import { describeBytes, limits } from './limits.ts';
import type { NetworkProfile } from './profile.ts';
import { type Offer, termsOf } from './tls-context.ts';
import {
  type HandshakePhase,
  lateDemand,
  type Meaning,
  meaningOf,
  meaningOfClose,
  noteLateError,
  REFUSED_SILENTLY,
} from './tls-errors.ts';

export interface HandshakeOptions extends Offer {
  /** What is sent as SNI; null sends none. By default the host, where that is a name. */
  readonly serverName?: string | null;
}

export interface TlsSession {
  readonly dialed: Dialed;
  readonly socket: TLSSocket;
  /** A later connection to the same host offers the same. */
  readonly offer: HandshakeOptions;
  /** Whether the server asked for a client certificate. One that was given has been shown then, and not refused so far. */
  readonly asksForCertificate: boolean;
  readonly protocol: string;
  /** As sent, leaf first; PEM. Never empty. */
  readonly chain: readonly string[];
  /** SHA-256 of the leaf, as the person sees it in a certificate window. */
  readonly fingerprint: string;
  /** PEM of every root that this run trusts: Mozilla's list as bundled with Node, and the profile's own. */
  readonly roots: readonly string[];
  /** The OCSP answer that the server sent along, in DER; null where it sent none. RFC 6066 8 */
  readonly stapledOcsp: Uint8Array | null;
  readonly tlsMs: number;
  readonly evidence: Evidence;
}

/**
 * Shakes hands: by default with SNI, ALPN http/1.1 and TLS 1.2 or newer.
 * @throws NetFailure not-tls, tls-timeout, tls-alert (also where the peer just closes), tls-too-old, client-certificate, reset,
 *   too-large
 */
export async function handshake(
  dialed: Dialed,
  profile: NetworkProfile,
  signal: AbortSignal,
  options: HandshakeOptions = {},
): Promise<TlsSession> {
  // While other addresses were waited for, the peer may have hung up.
  if (dialed.socket.destroyed) throw new NetFailure('reset', { ...where(dialed), phase: 'before the TLS handshake' });
  const started = performance.now();
  const { roots, context } = termsOf(profile, options);
  const done = await secure(dialed, context, options, signal);
  const tlsMs = Math.round((performance.now() - started) * 10) / 10;
  try {
    if (options.clientCertificate && done.asksForCertificate) await untilTaken(dialed, done.socket, signal);
    const session = sessionOf(dialed, done, options, tlsMs);
    return { ...session, roots };
  } catch (error) {
    done.socket.destroy();
    throw error;
  }
}

/**
 * Waits until the server has looked at what the client sent last: it then sends a ticket, or what the protocol inside wants, or its
 * refusal, or nothing at all. The session is used up afterwards.
 * @returns how it asks for a client certificate; null where it does not
 */
export async function refusalAfter({ socket }: TlsSession, signal: AbortSignal): Promise<string | null> {
  await firstOf(['session', 'data', 'error', 'close'], socket, signal);
  return lateDemand(socket);
}

/**
 * The same where a certificate was shown: what comes next tells whether it was taken. Nothing is read, so the session can be used.
 * @throws NetFailure client-certificate
 */
async function untilTaken(dialed: Dialed, socket: TLSSocket, signal: AbortSignal): Promise<void> {
  const event = await firstOf(['session', 'error', 'end', 'close'], socket, signal);
  const detail = lateDemand(socket) ?? (event === 'end' || event === 'close' ? REFUSED_SILENTLY : null);
  if (detail !== null)
    throw new NetFailure('client-certificate', { ...where(dialed), detail, phase: 'after the TLS handshake' });
}

/** Which of these came first; null where none came in time. Before TLS 1.3 all is said within the handshake. RFC 8446 4.4.2.4 */
function firstOf(events: readonly string[], socket: TLSSocket, signal: AbortSignal): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const end = (event: string | null): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    for (const [name, listener] of listeners) socket.off(name, listener);
    // Events come from inside OpenSSL, in the middle of reading: what is written before it is through gets lost.
    setImmediate(resolve, event);
  };
  const onAbort = (): void => end(null);
  const timer = setTimeout(onAbort, socket.getProtocol() === 'TLSv1.3' ? limits.lateAlertMs : 0);
  signal.addEventListener('abort', onAbort, { once: true });
  const listeners = events.map((name) => [name, (): void => end(name)] as const);
  for (const [name, listener] of listeners) socket.on(name, listener);
  return promise;
}

/** A handshake that went well, and what was seen only while it lasted. */
interface Done {
  readonly socket: TLSSocket;
  readonly serverName: string | null;
  readonly stapledOcsp: Uint8Array | null;
  readonly asksForCertificate: boolean;
}

function sessionOf(dialed: Dialed, done: Done, offer: HandshakeOptions, tlsMs: number): Omit<TlsSession, 'roots'> {
  const { socket, stapledOcsp, asksForCertificate } = done;
  const chain = sentChain(socket, dialed.host);
  const leaf = chain[0];
  if (leaf === undefined) throw new NetFailure('tls-alert', { ...where(dialed), detail: 'no certificate was sent' });
  return {
    dialed,
    socket,
    offer,
    asksForCertificate,
    protocol: socket.getProtocol() ?? 'unknown',
    chain: chain.map((certificate) => certificate.toString()),
    fingerprint: leaf.fingerprint256,
    stapledOcsp,
    tlsMs,
    evidence: evidenceOf(dialed, done, offer.clientCertificate?.name ?? null, tlsMs),
  };
}

/** SNI must not carry an address. RFC 6066 3 */
const nameFor = (host: string): string | null => (isIP(host) === 0 ? host : null);

function secure(
  dialed: Dialed,
  secureContext: SecureContext,
  options: HandshakeOptions,
  signal: AbortSignal,
): Promise<Done> {
  const { promise, resolve, reject } = Promise.withResolvers<Done>();
  const { serverName = nameFor(dialed.host), clientCertificate } = options;
  const socket = connect({
    socket: dialed.socket,
    servername: serverName ?? '',
    ALPNProtocols: ['http/1.1'],
    requestOCSP: true,
    secureContext,
    rejectUnauthorized: false,
  });
  const fail = ([code, details]: Meaning): void => {
    stop();
    socket.destroy();
    const usual = { ...where(dialed), waitedMs: limits.tlsMs, phase: 'during the TLS handshake' };
    reject(new NetFailure(code, { ...usual, ...details }));
  };
  const stop = guard(dialed, signal, fail);
  let phase: HandshakePhase = 'hello';
  let asksForCertificate = false;
  let stapledOcsp: Uint8Array | null = null;
  const isShown = (): boolean => asksForCertificate && clientCertificate != null;
  // Several times in TLS 1.3; with the last of them the server has said everything. RFC 8446 7.1
  socket.on('keylog', () => {
    phase = 'keys';
    asksForCertificate = hasAskedForCertificate(socket);
  });
  socket.once('OCSPResponse', (bytes: Uint8Array | null) => {
    stapledOcsp = bytes;
  });
  socket.once('secureConnect', () => {
    stop();
    resolve({ socket, serverName, stapledOcsp, asksForCertificate });
  });
  // Stays for good: later errors belong to the exchange, and between the two one that nobody hears would end the process.
  socket.on('error', (error) => {
    noteLateError(socket, error, isShown());
    fail(meaningOf(error, phase, isShown()));
  });
  socket.once('close', () => fail(meaningOfClose(phase, isShown())));
  return promise;
}

/** Node does not tell; but only by asking a server says which signatures it takes. RFC 8446 4.3.2, RFC 5246 7.4.4 */
function hasAskedForCertificate(socket: TLSSocket): boolean {
  const signatures: readonly string[] | undefined = socket.getSharedSigalgs();
  return signatures !== undefined && signatures.length > 0;
}

/** OpenSSL bears some messages without end, so somebody has to count. */
const WATCH_MS = 250;
const tooMuch: Meaning = [
  'too-large',
  { limit: { what: 'a TLS handshake', value: describeBytes(limits.handshakeBytes) } },
];

/** Ends a handshake that takes too long, that brings too much, or that nobody wants any more. */
function guard({ socket }: Dialed, signal: AbortSignal, fail: (meaning: Meaning) => void): () => void {
  const onAbort = (): void => fail(['unknown', { detail: 'cancelled' }]);
  const timer = setTimeout(() => fail(['tls-timeout', { detail: 'silence' }]), limits.tlsMs);
  const watch = setInterval(() => socket.bytesRead > limits.handshakeBytes && fail(tooMuch), WATCH_MS);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) queueMicrotask(onAbort);
  return () => {
    clearTimeout(timer);
    clearInterval(watch);
    signal.removeEventListener('abort', onAbort);
  };
}

const where = (dialed: Dialed) => ({ host: dialed.host, port: dialed.port, addresses: [dialed.address.address] });

/** The chain in the order of the wire, what was sent twice included. */
function sentChain(socket: TLSSocket, host: string): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let next = socket.getPeerX509Certificate();
  while (next !== undefined) {
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

/** @param ownName of the client certificate that was given */
function evidenceOf(dialed: Dialed, done: Done, ownName: string | null, elapsedMs: number): Evidence {
  const { socket, serverName, stapledOcsp, asksForCertificate: asked } = done;
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
      serverName,
      stapledOcsp: stapledOcsp?.length ?? null,
      clientCertificate: { asked, shown: asked ? ownName : null },
    },
  };
}
