/**
 * HTTP requests over one connection, one after the other: NTLM and Negotiate authenticate the connection, not the request. RFC 4559 6.
 * Each is recorded, whatever comes back; nothing ever redials.
 */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Client } from 'undici';
import type { Header } from '#lib/result/evidence.ts';
import { errorCode, NetFailure } from './failure.ts';
import { toFailure } from './http-failure.ts';
import type { Connection, HttpAnswer, HttpRequest, Patience } from './http-message.ts';
import { limits } from './limits.ts';
import type { Scrub } from './recorder.ts';
import { carriesSecret } from './secrets-in-http.ts';
import { originOf, Transcript } from './transcript.ts';

export class Talk {
  /** Tells this connection from others in the evidence; null where it was closed before it was used. */
  readonly connection: string | null;
  readonly #over: Connection;
  readonly #scrub: Scrub;
  #client: Client | null = null;
  #answers = 0;
  #isBusy = false;
  #isLast = false;

  constructor(over: Connection, scrub: Scrub) {
    const { localPort } = over.dialed.socket;
    // The port alone: the address behind it is a matter of our own network.
    this.connection = localPort === undefined ? null : `port ${localPort}`;
    this.#over = over;
    this.#scrub = scrub;
  }

  /** Whether one more request could be sent, as far as is known. */
  get isOpen(): boolean {
    return !this.#over.socket.destroyed;
  }

  /** Whether the latest answer was the last one, and said so: by `Connection: close`, by HTTP/1.0, or by ending with the connection. */
  get isLast(): boolean {
    return this.#isLast;
  }

  /**
   * Sends the request and reads the whole answer, within the limits.
   * @throws NetFailure http-timeout, not-http, too-large, reset, closed-early, closed-between-requests, client-certificate; its
   *   evidence holds what had come until then
   * @throws TypeError where something secret would go unencrypted, or the answer to an earlier request has not been read yet
   */
  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const { socket } = this.#over;
    if (!(socket instanceof TLSSocket) && carriesSecret(request.headers, request.body))
      throw new TypeError('something secret was to be sent without encryption');
    if (this.#isBusy) throw new TypeError('a request was to be sent before the answer to another one');
    this.#isBusy = true;
    const way = { name: this.connection, used: this.#answers > 0 };
    const transcript = new Transcript(this.#over, way, request, this.#scrub);
    const isGone = socket.destroyed;
    try {
      return await this.#exchange(request, transcript, signal);
    } catch (error) {
      const failure = toFailure(error, socket, transcript, signal);
      const hasHungUp = ['closed-early', 'reset'].includes(failure.code) && !transcript.isAnswered;
      throw way.used && hasHungUp ? this.#between(failure, isGone) : failure;
    } finally {
      this.#isBusy = false;
    }
  }

  async #exchange(request: HttpRequest, transcript: Transcript, signal: AbortSignal): Promise<HttpAnswer> {
    const { socket } = this.#over;
    // A server may hang up between two steps; undici would wait for an answer.
    if (socket.destroyed) throw whyGone(socket);
    this.#client ??= await clientOver(socket, originOf(this.#over));
    const { firstByteMs, pauseMs, totalMs } = request.patience ?? USUAL;
    const answer = await this.#client.request({
      method: request.method,
      path: request.path,
      headers: Object.fromEntries(request.headers),
      body: request.body.length === 0 ? null : request.body,
      // By itself undici closes after HEAD.
      reset: false,
      responseHeaders: 'raw',
      headersTimeout: firstByteMs,
      bodyTimeout: pauseMs,
      signal: AbortSignal.any([signal, AbortSignal.timeout(totalMs)]),
    });
    transcript.answered(answer.statusCode, pairs(answer.headers as unknown as readonly string[]));
    for await (const chunk of answer.body) {
      transcript.received(chunk);
      // Leaving the loop ends the answer, and the connection with it.
      if (request.hear?.(chunk, answer.statusCode)) break;
    }
    this.#answers += 1;
    this.#isLast = errorCode(socket.errored) === OWN_CLOSE;
    return transcript.answer();
  }

  /** The failure of a request before which, or instead of answering which, the server has hung up. */
  #between({ details, evidence }: NetFailure, isGone: boolean): NetFailure {
    const unannounced = isGone ? 'without a word' : 'in place of an answer';
    const detail = this.#isLast ? 'as the answer before had said' : unannounced;
    return new NetFailure('closed-between-requests', { ...details, phase: 'between two requests', detail }, evidence);
  }

  /** Closes the connection. */
  async close(): Promise<void> {
    await this.#client?.destroy();
    this.#over.socket.destroy();
  }
}

const USUAL: Patience = {
  firstByteMs: limits.firstByteMs,
  pauseMs: limits.bodyPauseMs,
  totalMs: limits.exchangeMs,
};

/** What undici closes with where no fault made it: after the last answer, or unused for too long. */
const OWN_CLOSE = 'UND_ERR_INFO';

function whyGone({ errored }: Socket): Error {
  const isFault = errored !== null && errorCode(errored) !== OWN_CLOSE;
  return isFault ? errored : closed();
}

const closed = (): Error => Object.assign(new Error('the connection was closed'), { code: 'UND_ERR_SOCKET' });

/** With a code of its own sockets undici would ask for another connection at once, and again, and never stop. */
const refused = (): Error => new Error('the connection was closed', { cause: closed() });

/** undici hangs for ever if the callback is called synchronously; a second connect is refused: no silent dialling. */
async function clientOver(socket: Socket, origin: string): Promise<Client> {
  // Loaded with the first request: it is large, and many runs send none.
  const { Client } = await import('undici');
  let used = false;
  return new Client(origin, {
    connect: (_options, callback) => {
      const again = used;
      used = true;
      process.nextTick(() => (again ? callback(refused(), null) : callback(null, socket)));
    },
    maxHeaderSize: limits.headerBytes,
    // The server is to hang up first, whatever it announces: that is what a test wants to see.
    keepAliveTimeout: limits.idleMs,
    keepAliveMaxTimeout: limits.idleMs,
    keepAliveTimeoutThreshold: -limits.idleMs,
    pipelining: 1,
  });
}

/** Raw headers come as a flat list, one character for each byte. */
function pairs(words: readonly string[]): Header[] {
  return words.flatMap((name, at) => (at % 2 === 0 ? [[name, words[at + 1] ?? ''] as const] : []));
}
