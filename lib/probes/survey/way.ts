/** The way to the server under survey: many connections to one address, a handful at a time, all within one time budget. */
import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { Dialed } from '#lib/net/dialer.ts';
import type { Net } from '#lib/net/door.ts';
import { NetFailure } from '#lib/net/failure.ts';
import { limits } from '#lib/net/limits.ts';
import type { HandshakeOptions, TlsSession } from '#lib/net/tls.ts';
import type { ClientCertificate } from '#lib/net/tls-context.ts';
import { WireError } from '#lib/wire/error.ts';
import { type ClientHello, encodeClientHello } from '#lib/wire/tls/client-hello.ts';
import { FlightReader, type ServerFlight } from '#lib/wire/tls/server-flight.ts';

/** `cut-off`: the server, or a device before it, closed without a word. `nothing`: no answer, or none in TLS. */
export type Heard =
  | { readonly kind: 'flight'; readonly flight: ServerFlight }
  | { readonly kind: 'cut-off'; readonly detail: string }
  | { readonly kind: 'nothing'; readonly detail: string };
export type Shaken<T> =
  | { readonly kind: 'session'; readonly value: T }
  | { readonly kind: 'failure'; readonly failure: NetFailure };

/** What a hello says; the rest is as usual. */
export type Words = Pick<ClientHello, 'version' | 'suites'> & Partial<ClientHello>;

/** Reads what comes back, for whoever wants to see more of it than the hello. */
export interface Reading {
  readonly flight: ServerFlight;
  push(piece: Uint8Array): boolean;
}

export class Way {
  /** Shown to the server if it asks for one, unless a handshake says otherwise. */
  readonly clientCertificate: ClientCertificate | null;
  readonly #net: Net;
  readonly #dialed: Dialed;
  readonly #signal: AbortSignal;
  readonly #serverName: string | null;
  readonly #waiting: (() => void)[] = [];
  #free: number = limits.surveyConnections;
  #served: Promise<boolean> | null = null;
  /** How many connections were opened. */
  handshakes = 0;

  constructor(net: Net, dialed: Dialed, signal: AbortSignal, clientCertificate: ClientCertificate | null = null) {
    this.clientCertificate = clientCertificate;
    this.#net = net;
    this.#dialed = dialed;
    // SNI must not carry an address. RFC 6066 3
    this.#serverName = isIP(dialed.host) === 0 ? dialed.host : null;
    this.#signal = AbortSignal.any([signal, AbortSignal.timeout(limits.surveyTotalMs)]);
  }

  /** Says a hello by hand, and listens up to the end of the server's first flight. */
  async say(words: Words, reading: Reading = new FlightReader()): Promise<Heard> {
    return this.hear(this.helloOf(words), reading);
  }

  /** The bytes of a hello. */
  helloOf(words: Words): Uint8Array {
    const sessionId = words.version === 'TLS 1.3' ? randomBytes(32) : new Uint8Array();
    return encodeClientHello({ random: randomBytes(32), sessionId, serverName: this.#serverName, ...words });
  }

  /** Sends a hello that is there already. */
  hear(hello: Uint8Array, reading: Reading): Promise<Heard> {
    return this.#inTurn(async (signal) => {
      try {
        const dialed = await this.#net.redial(this.#dialed, signal);
        const ending = await this.#net.converse(dialed, hello, (piece) => reading.push(piece), signal);
        if (ending === 'enough') return { kind: 'flight', flight: reading.flight };
        if (ending === 'closed' || ending === 'reset') return { kind: 'cut-off', detail: 'the connection was cut off' };
        return { kind: 'nothing', detail: ending === 'too-much' ? 'more than any handshake' : 'no answer in time' };
      } catch (error) {
        if (error instanceof NetFailure) return { kind: 'nothing', detail: `no connection (${error.code})` };
        if (error instanceof WireError) return { kind: 'nothing', detail: `no TLS (${error.reason})` };
        throw error;
      }
    });
  }

  /** A real handshake; what `look` takes from the session is all that is left of it. */
  shake<T>(
    options: HandshakeOptions,
    look: (session: TlsSession, signal: AbortSignal) => T | Promise<T>,
  ): Promise<Shaken<T>> {
    return this.#inTurn(async (signal) => {
      try {
        const dialed = await this.#net.redial(this.#dialed, signal);
        const { clientCertificate } = this;
        const session = await this.#net.handshake(dialed, signal, { clientCertificate, ...options });
        const value = await look(session, signal);
        session.socket.destroy();
        return { kind: 'session', value };
      } catch (error) {
        if (error instanceof NetFailure) return { kind: 'failure', failure: error };
        throw error;
      }
    });
  }

  /**
   * Whether an ordinary handshake still goes well. A server that cuts off old hellos and takes new ones refuses the old; one that
   * has had enough of us takes neither.
   */
  isStillServed(): Promise<boolean> {
    this.#served ??= this.shake({}, () => true).then(
      (shaken) => shaken.kind === 'session' || shaken.failure.details.alert !== undefined,
    );
    return this.#served;
  }

  /** How the server asks for a client certificate after a handshake of TLS 1.3; null where it does not. */
  refusalAfter(session: TlsSession, signal: AbortSignal): Promise<string | null> {
    return this.#net.refusalAfter(session, signal);
  }

  async #inTurn<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free -= 1;
    try {
      this.handshakes += 1;
      return await work(AbortSignal.any([this.#signal, AbortSignal.timeout(limits.surveyMs)]));
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
