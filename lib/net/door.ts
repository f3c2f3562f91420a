/** The only door to the network. Every probe gets one; nobody else opens a connection to a target. */

import { type Dialed, dial } from './dialer.ts';
import { NetFailure } from './failure.ts';
import { exchange } from './http.ts';
import type { HttpAnswer, HttpRequest } from './http-message.ts';
import type { NetworkProfile } from './profile.ts';
import type { Scrub } from './recorder.ts';
import { type Resolution, resolve } from './resolver.ts';
import { handshake, type TlsSession } from './tls.ts';

export class Net {
  readonly profile: NetworkProfile;
  readonly #scrub: Scrub;
  readonly #open = new Set<{ destroy(): unknown }>();

  /** @param scrub hides the run's secret in what is recorded */
  constructor(profile: NetworkProfile, scrub: Scrub) {
    this.profile = profile;
    this.#scrub = scrub;
  }

  /** Addresses of a host, checked against the target policy. */
  resolve(host: string, port: number, signal: AbortSignal): Promise<Resolution> {
    return resolve(host, port, this.profile, signal);
  }

  /** One connection to a host whose addresses were checked. */
  async dial(to: Resolution, port: number, signal: AbortSignal): Promise<Dialed> {
    const dialed = await dial(to, port, this.profile, signal);
    this.#track(dialed.socket);
    return dialed;
  }

  /** TLS over a connection. */
  async handshake(dialed: Dialed, signal: AbortSignal): Promise<TlsSession> {
    // From here on the TLS socket owns the connection. Closing the one below first makes Node read from a freed TLS state.
    this.#open.delete(dialed.socket);
    const session = await handshake(dialed, this.profile, signal);
    this.#track(session.socket);
    return session;
  }

  /**
   * A fresh connection to the address of an earlier one. The certificate was judged on that one: another one is taken only where
   * `accept` finds it as good.
   * @throws NetFailure certificate-changed
   */
  async again(earlier: TlsSession, accept: (session: TlsSession) => boolean, signal: AbortSignal): Promise<TlsSession> {
    const { host, port, address } = earlier.dialed;
    const to: Resolution = { host, addresses: [address], evidence: earlier.evidence };
    const session = await this.handshake(await this.dial(to, port, signal), signal);
    if (session.fingerprint === earlier.fingerprint || accept(session)) return session;
    session.socket.destroy();
    throw new NetFailure('certificate-changed', {
      host,
      port,
      fingerprints: [earlier.fingerprint, session.fingerprint],
    });
  }

  /** Sends one request over a session; the session is used up afterwards. */
  request(session: TlsSession, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    return exchange(session, request, this.#scrub, signal);
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
