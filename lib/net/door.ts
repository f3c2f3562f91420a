/** The only door to the network. Every probe gets one; nobody else opens a connection to a target. */

import { converse, type Ending, type Listener } from './converse.ts';
import { type Dialed, dial } from './dialer.ts';
import { Duplex } from './duplex.ts';
import { NetFailure } from './failure.ts';
import { type Fetched, type FetchOptions, fetchOver } from './fetch.ts';
import { type Connection, type HttpAnswer, type HttpRequest, plain } from './http-message.ts';
import type { NetworkProfile } from './profile.ts';
import type { FindSecrets, Scrub } from './recorder.ts';
import { type Resolution, type ResolveOptions, resolve } from './resolver.ts';
import { resolveService, type ServiceLookup } from './services.ts';
import { Talk } from './talk.ts';
import { type HandshakeOptions, handshake, refusalAfter, type TlsSession } from './tls.ts';
import { type ClientCertificate, objectionTo } from './tls-context.ts';

export class Net {
  readonly profile: NetworkProfile;
  /** For those who record what is no text. */
  readonly findSecrets: FindSecrets;
  readonly #scrub: Scrub;
  readonly #open = new Set<{ destroy(): unknown }>();

  /** @param scrub hides the run's secret in what is recorded; `findSecrets` finds it in octets */
  constructor(profile: NetworkProfile, scrub: Scrub, findSecrets: FindSecrets = () => []) {
    this.profile = profile;
    this.findSecrets = findSecrets;
    this.#scrub = scrub;
  }

  /** Addresses of a host, checked against the target policy. */
  resolve(host: string, port: number, signal: AbortSignal, options: ResolveOptions = {}): Promise<Resolution> {
    return resolve(host, port, this.profile, signal, options);
  }

  /** The hosts of a service, as its SRV records have them: `_autodiscover._tcp.contoso.example`. */
  resolveService(name: string, signal: AbortSignal): Promise<ServiceLookup> {
    return resolveService(name, this.profile.resolvers, signal);
  }

  /** One connection to a host whose addresses were checked. */
  async dial(to: Resolution, port: number, signal: AbortSignal): Promise<Dialed> {
    const dialed = await dial(to, port, this.profile, signal);
    this.#track(dialed.socket);
    return dialed;
  }

  /** One more connection to the address of an earlier one. */
  redial({ host, port, address, evidence }: Dialed, signal: AbortSignal): Promise<Dialed> {
    return this.dial({ host, addresses: [address], evidence }, port, signal);
  }

  /** Says these bytes over a fresh connection, and listens; the connection is used up afterwards. */
  converse(dialed: Dialed, words: Uint8Array, hear: Listener, signal: AbortSignal): Promise<Ending> {
    return converse(dialed, words, hear, signal);
  }

  /** TLS over a connection. */
  async handshake(dialed: Dialed, signal: AbortSignal, options: HandshakeOptions = {}): Promise<TlsSession> {
    // From here on the TLS socket owns the connection. Closing the one below first makes Node read from a freed TLS state.
    this.#open.delete(dialed.socket);
    const session = await handshake(dialed, this.profile, signal, options);
    this.#track(session.socket);
    return session;
  }

  /** Why this certificate cannot be shown to anybody; null where it can. */
  objectionTo(clientCertificate: ClientCertificate): string | null {
    return objectionTo(clientCertificate, this.profile);
  }

  /** How the server asks for a client certificate once the handshake is over; null where it does not. Uses up the session. */
  refusalAfter(session: TlsSession, signal: AbortSignal): Promise<string | null> {
    return refusalAfter(session, signal);
  }

  /**
   * A fresh connection to the address of an earlier one, with the same offer. The certificate was judged on that one: another one is taken only where
   * `accept` finds it as good.
   * @throws NetFailure certificate-changed
   */
  async again(earlier: TlsSession, accept: (session: TlsSession) => boolean, signal: AbortSignal): Promise<TlsSession> {
    const { host, port } = earlier.dialed;
    const session = await this.handshake(await this.redial(earlier.dialed, signal), signal, earlier.offer);
    if (session.fingerprint === earlier.fingerprint || accept(session)) return session;
    session.socket.destroy();
    throw new NetFailure('certificate-changed', {
      host,
      port,
      fingerprints: [earlier.fingerprint, session.fingerprint],
    });
  }

  /** A connection over which HTTP goes unencrypted. Nothing secret can be sent there. */
  plain(dialed: Dialed): Connection {
    return plain(dialed);
  }

  /** Sends one request over a connection, which is used up afterwards. */
  async request(connection: Connection, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const talk = this.talk(connection);
    try {
      return await talk.send(request, signal);
    } finally {
      await talk.close();
    }
  }

  /** Several requests over a connection, one after the other. Who begins it closes it. */
  talk(connection: Connection): Talk {
    return new Talk(connection, this.#scrub);
  }

  /** Requests over a connection whose bodies go on while the answer comes in. Who begins it closes it. */
  duplex(connection: Connection): Duplex {
    return new Duplex(connection, this.#scrub);
  }

  /**
   * Fetches what a certificate points at. Nothing secret goes there.
   * @throws NetFailure
   */
  fetch(url: string, options: FetchOptions, signal: AbortSignal): Promise<Fetched> {
    return fetchOver(this, url, options, signal);
  }

  /** Closes what is still open. */
  close(): void {
    for (const socket of this.#open) socket.destroy();
  }

  #track(socket: { destroy(): unknown; once(event: 'close', listener: () => void): unknown }): void {
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
  }
}
