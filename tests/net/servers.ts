/** Servers on loopback for one test, and the door to them. Everything is closed when the test is over. */
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions, type Server as TlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import { Net } from '#lib/net/door.ts';
import { type FailureCode, NetFailure } from '#lib/net/failure.ts';
import { defaultProfile, type NetworkProfile } from '#lib/net/profile.ts';
import type { Scrub } from '#lib/net/recorder.ts';
import type { Address, Resolution } from '#lib/net/resolver.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { type Made, make } from '#tests/judge/certificates.ts';
import { listen } from '#tests/lab/net/listen.ts';

export const HOST = 'mail.example.test';
export const never = new AbortController().signal;

const noEvidence: Evidence = {
  kind: 'dns',
  body: { host: HOST, resolver: '', elapsedMs: 0, answers: [], errors: [] },
};

/** A TCP server at 127.0.0.1; gives its port. */
export async function tcpServer(talk: (socket: Socket) => void, address = '127.0.0.1', port = 0): Promise<number> {
  const listening = await listen(createServer(talk), address, port);
  onTestFinished(() => void listening.stop());
  return listening.port;
}

export interface TlsAtWork {
  readonly port: number;
  readonly identity: Made;
  /** Shows this certificate from the next connection on. */
  show(identity: Made): void;
}

/** A TLS server at 127.0.0.1. `prepare` sees it before it serves. */
export async function tlsServer(
  talk: (socket: TLSSocket) => void,
  options: TlsOptions = {},
  prepare: (server: TlsServer) => void = () => undefined,
): Promise<TlsAtWork> {
  const identity = make({ name: HOST, dns: [HOST] });
  const server: TlsServer = createTlsServer({ ...contextOf(identity), ...options }, (socket) => {
    socket.on('error', () => undefined);
    talk(socket);
  });
  prepare(server);
  server.on('tlsClientError', () => undefined);
  const listening = await listen(server, '127.0.0.1', 0);
  onTestFinished(() => void listening.stop());
  return { port: listening.port, identity, show: (other) => server.setSecureContext(contextOf(other)) };
}

const contextOf = ({ pem, key }: Made) => ({ cert: pem, key: key.privatePem });

/** A door that is closed after the test. Loopback may be reached. */
export function door(profile: Partial<NetworkProfile> = {}, scrub: Scrub = (text) => text): Net {
  const net = new Net({ ...defaultProfile, allow: ['127.0.0.0/8'], ...profile }, scrub);
  onTestFinished(() => net.close());
  return net;
}

/** A host whose addresses were looked up and checked already. */
export function resolved(...addresses: string[]): Resolution {
  return { host: HOST, addresses: addresses.map(toAddress), evidence: noEvidence };
}

const toAddress = (address: string): Address => ({ address, family: address.includes(':') ? 6 : 4, ttl: null });

/** A session with a server at 127.0.0.1. */
export async function sessionWith(port: number, net: Net = door()): Promise<TlsSession> {
  return net.handshake(await net.dial(resolved('127.0.0.1'), port, never), never);
}

/** The failure with which this ends. */
export async function failureOf(work: Promise<unknown>): Promise<NetFailure> {
  const error = await work.then(
    () => new Error('it went well'),
    (reason: unknown) => reason,
  );
  if (error instanceof NetFailure) return error;
  throw error;
}

export async function codeOf(work: Promise<unknown>): Promise<[code: FailureCode, detail: string | undefined]> {
  const { code, details } = await failureOf(work);
  return [code, details.detail];
}
