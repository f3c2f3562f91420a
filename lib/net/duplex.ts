/**
 * HTTP by hand over one connection: requests whose body goes on while the answer is read, which no client of today's libraries lets
 * anybody do. Heads are recorded like those of any exchange; what streams through a body is the caller's to record.
 */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Evidence } from '#lib/result/evidence.ts';
import { NetFailure } from './failure.ts';
import { toFailure } from './http-failure.ts';
import type { Connection, HttpAnswer, HttpRequest } from './http-message.ts';
import { type ResponseHead, ResponseReader, StreamFault } from './http-stream.ts';
import { limits } from './limits.ts';
import type { Scrub } from './recorder.ts';
import { carriesSecret } from './secrets-in-http.ts';
import { originOf, Transcript } from './transcript.ts';

export class Duplex {
  /** Tells this connection from others in the evidence; null where it was closed before it was used. */
  readonly connection: string | null;
  readonly #over: Connection;
  readonly #scrub: Scrub;
  readonly #wire: Wire;
  #last: Exchange | null = null;

  /** From here on nobody else may read from the connection. */
  constructor(over: Connection, scrub: Scrub) {
    const { localPort } = over.dialed.socket;
    this.connection = localPort === undefined ? null : `port ${localPort}`;
    this.#over = over;
    this.#scrub = scrub;
    this.#wire = new Wire(over.socket);
  }

  /** Whether one more request could be sent, as far as is known. */
  get isOpen(): boolean {
    return this.#wire.ended === null;
  }

  /** Whether the latest answer was the last one, and said so. */
  get isLast(): boolean {
    return this.#last?.closes ?? false;
  }

  /**
   * Sends the head of a request with the first bytes of its body; how long that is in all is said by a header of the request.
   * @throws NetFailure
   * @throws TypeError where something secret would go unencrypted, a header holds a line end, or the answer before is not complete
   */
  async begin(request: HttpRequest, signal: AbortSignal): Promise<Exchange> {
    const { socket } = this.#over;
    if (!(socket instanceof TLSSocket) && carriesSecret(request.headers, request.body))
      throw new TypeError('something secret was to be sent without encryption');
    if (this.#last !== null && !this.#last.isDone)
      throw new TypeError('a request was to be sent before the answer to another one');
    const head = headOf(request, originOf(this.#over).replace(/^\w+:\/\//, ''));
    const transcript = new Transcript(
      this.#over,
      { name: this.connection, used: this.#last !== null },
      request,
      this.#scrub,
    );
    const exchange = new Exchange(this.#wire, transcript);
    this.#last = exchange;
    await exchange.write(Buffer.concat([head, Buffer.from(request.body)]), signal);
    return exchange;
  }

  /**
   * Sends a request that is complete, and reads the whole answer within the limits.
   * @throws NetFailure as a talk does
   */
  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const isFirst = this.#last === null;
    const wasOpen = this.isOpen;
    try {
      const exchange = await this.begin(request, signal);
      return await exchange.answer(signal);
    } catch (error) {
      if (isFirst || !(error instanceof NetFailure) || !this.#hasHungUp(error)) throw error;
      const detail = wasOpen ? 'in place of an answer' : 'without a word';
      const details = { ...error.details, phase: 'between two requests', detail };
      throw new NetFailure('closed-between-requests', details, error.evidence);
    }
  }

  #hasHungUp({ code }: NetFailure): boolean {
    return ['closed-early', 'reset'].includes(code) && this.#last?.isAnswered === false;
  }

  /** Closes the connection. */
  close(): void {
    this.#over.socket.destroy();
  }
}

/** One request and its answer. */
export class Exchange {
  readonly #wire: Wire;
  readonly #transcript: Transcript;
  readonly #reader = new ResponseReader();

  constructor(wire: Wire, transcript: Transcript) {
    this.#wire = wire;
    this.#transcript = transcript;
    wire.listen(this.#reader);
  }

  /** Whether an answer has begun to come in, and was read. */
  get isAnswered(): boolean {
    return this.#transcript.isAnswered;
  }

  get isDone(): boolean {
    return this.#reader.isDone;
  }

  /** Whether the server said that it closes behind this answer. */
  get closes(): boolean {
    return this.#reader.head?.closes ?? false;
  }

  /** Sends a piece of the body, and waits until it has gone. @throws NetFailure */
  async write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    let isGone = false;
    const gone = (error?: Error | null): void => {
      isGone = !error;
      this.#wire.wake();
    };
    if (this.#wire.ended === null) this.#wire.socket.write(bytes, gone);
    // An answer that comes first says more than that the server did not want to hear the rest.
    await this.#until(
      () => (isGone || this.#reader.head !== null ? true : this.#orEnd(null)),
      limits.bodyPauseMs,
      signal,
    );
  }

  /**
   * The head of the answer.
   * @param waitMs null waits for as long as the connection lasts
   * @throws NetFailure
   */
  async head(waitMs: number | null, signal: AbortSignal): Promise<ResponseHead> {
    const head = await this.#until(() => this.#reader.head ?? this.#orEnd(null), waitMs, signal);
    if (!this.isAnswered) this.#transcript.answered(head.status, head.headers, head.reason);
    return head;
  }

  /**
   * The next piece of the body, as a stream; null where it has ended.
   * @throws NetFailure
   */
  async read(waitMs: number | null, signal: AbortSignal): Promise<Uint8Array | null> {
    const piece = await this.#next(waitMs, signal);
    if (piece !== null) this.#transcript.passed(piece);
    return piece;
  }

  /** The whole answer, as a document. @throws NetFailure */
  async answer(signal: AbortSignal): Promise<HttpAnswer> {
    const all = AbortSignal.any([signal, AbortSignal.timeout(limits.exchangeMs)]);
    try {
      await this.head(limits.firstByteMs, all);
      for (let piece = await this.#next(limits.bodyPauseMs, all); piece !== null; ) {
        this.#transcript.received(piece);
        piece = await this.#next(limits.bodyPauseMs, all);
      }
    } catch (error) {
      throw this.#failure(all.aborted && !signal.aborted ? timedOut() : error, signal);
    }
    return this.#transcript.answer();
  }

  /** What was seen of it so far. */
  evidence(): Evidence {
    return this.#transcript.evidence();
  }

  async #next(waitMs: number | null, signal: AbortSignal): Promise<Uint8Array | null> {
    const next = (): { readonly piece: Uint8Array | null } | null => {
      const piece = this.#reader.take();
      if (piece !== null || this.isDone) return { piece };
      return this.#orEnd(null);
    };
    const { piece } = await this.#until(next, waitMs, signal);
    this.#wire.resume();
    return piece;
  }

  /** Nothing yet, unless the connection has ended: then nothing comes any more. */
  #orEnd(nothing: null): null {
    if (this.#wire.ended !== null) throw this.#wire.ended;
    return nothing;
  }

  async #until<T>(ready: () => T | null, waitMs: number | null, signal: AbortSignal): Promise<T> {
    try {
      return await this.#wire.until(ready, waitMs, signal);
    } catch (error) {
      throw this.#failure(error, signal);
    }
  }

  #failure(error: unknown, signal: AbortSignal): NetFailure {
    if (error instanceof NetFailure && error.evidence.length > 0) return error;
    const { host } = this.#transcript.where();
    const cause = error instanceof StreamFault ? failureOf(error, host) : error;
    return toFailure(cause, this.#wire.socket, this.#transcript, signal);
  }
}

function failureOf({ code, message }: StreamFault, host: string): Error {
  if (code === 'closed-early') return Object.assign(new Error(message), { code: 'UND_ERR_SOCKET' });
  if (code === 'not-http') return new NetFailure(code, { host, detail: message });
  const [what = '', value = ''] = message.split(': ');
  return new NetFailure(code, { host, limit: { what, value } });
}

/** A socket of which one answer after the other is read. Its errors are kept until somebody asks. */
class Wire {
  readonly socket: Socket;
  #reader: ResponseReader | null = null;
  #ended: Error | null = null;
  /** Whether something came that nobody had asked for. */
  #isAhead = false;
  readonly #waiters = new Set<() => void>();

  constructor(socket: Socket) {
    this.socket = socket;
    if (socket.destroyed) this.#ended = socket.errored ?? closed();
    socket.on('data', (piece: Buffer) => this.#hear(piece));
    // Stays for good: an error that nobody hears would end the process.
    socket.on('error', (error) => this.#end(error));
    socket.once('end', () => this.#end(closed()));
    socket.once('close', () => this.#end(closed()));
  }

  /** Why nothing comes any more; null while something may. */
  get ended(): Error | null {
    return this.#ended;
  }

  listen(reader: ResponseReader): void {
    if (this.#isAhead || this.#reader?.hasMore) this.#ended ??= new StreamFault('not-http', 'an answer out of turn');
    this.#reader = reader;
  }

  /** Lets the server go on where it had to wait. */
  resume(): void {
    if (this.socket.isPaused() && (this.#reader?.waiting ?? 0) < limits.streamBytes) this.socket.resume();
  }

  wake(): void {
    for (const look of this.#waiters) look();
  }

  /** Waits until there is what is wanted. @throws whatever `ready` throws, and where time or patience is over */
  until<T>(ready: () => T | null, waitMs: number | null, signal: AbortSignal): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      this.#waiters.delete(look);
      act();
    };
    const look = (): void => {
      try {
        const value = ready();
        if (value !== null) settle(() => resolve(value));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const onAbort = (): void => settle(() => reject(signal.reason));
    const timer = waitMs === null ? undefined : setTimeout(() => settle(() => reject(timedOut())), waitMs);
    this.#waiters.add(look);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    else look();
    return promise;
  }

  #hear(piece: Uint8Array): void {
    if (this.#reader === null) {
      this.#isAhead = true;
      return;
    }
    try {
      this.#reader.push(piece);
    } catch (error) {
      this.#ended ??= error instanceof Error ? error : closed();
    }
    if (this.#reader.waiting >= limits.streamBytes) this.socket.pause();
    this.wake();
  }

  #end(cause: Error): void {
    if (this.#ended === null) this.#ended = cause;
    try {
      this.#reader?.end();
    } catch (error) {
      // Why the connection ended says more than that the answer did not.
      if (cause === this.#ended && isClose(cause) && error instanceof Error) this.#ended = error;
    }
    this.wake();
  }
}

const closed = (): Error => Object.assign(new Error('the connection was closed'), { code: 'UND_ERR_SOCKET' });
const isClose = (error: Error): boolean => 'code' in error && error.code === 'UND_ERR_SOCKET';
const timedOut = (): Error => Object.assign(new Error('nothing came in time'), { code: 'TimeoutError' });

/** Names and values were made here or come from settings: a line end in one would begin another header. */
function headOf({ method, path, headers }: HttpRequest, host: string): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, ...[['Host', host] as const, ...headers].map((pair) => pair.join(': '))];
  if (!/^[!-~]+$/.test(path) || lines.some((line) => /[\r\n\0]/.test(line)))
    throw new TypeError('a request was to be sent whose head would not end where it should');
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
