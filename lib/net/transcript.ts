/** What an exchange has seen so far: grows while the answer comes in, and can be turned into evidence at any moment. */
import type { Evidence, Header } from '#lib/result/evidence.ts';
import { type FailureDetails, NetFailure } from './failure.ts';
import type { Connection, HttpAnswer, HttpRequest } from './http-message.ts';
import { describeBytes, limits } from './limits.ts';
import { record, type Scrub } from './recorder.ts';

/** What is known of the connection besides. */
export interface Way {
  /** Tells it from others; null where that is not known any more. */
  readonly name: string | null;
  /** Whether an earlier exchange went over it: opening it cost this one nothing. */
  readonly used: boolean;
}

export class Transcript {
  readonly #connection: Connection;
  readonly #way: Way;
  readonly #request: HttpRequest;
  readonly #scrub: Scrub;
  readonly #started = performance.now();
  #firstByte: number | null = null;
  #status: number | null = null;
  #headers: readonly Header[] = [];
  readonly #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(connection: Connection, way: Way, request: HttpRequest, scrub: Scrub) {
    this.#connection = connection;
    this.#way = way;
    this.#request = request;
    this.#scrub = scrub;
  }

  /** Whether an answer has begun to come in. */
  get isAnswered(): boolean {
    return this.#status !== null;
  }

  answered(status: number, headers: readonly Header[]): void {
    this.#firstByte = performance.now();
    this.#status = status;
    this.#headers = headers;
  }

  /** @throws NetFailure too-large */
  received(chunk: Uint8Array): void {
    this.#size += chunk.length;
    this.#chunks.push(chunk);
    const most = this.#request.answerBytes ?? limits.bodyBytes;
    if (this.#size <= most) return;
    const limit = { what: 'an answer', value: describeBytes(most) };
    throw new NetFailure('too-large', { host: this.#connection.dialed.host, limit });
  }

  answer(): HttpAnswer {
    const { method, path } = this.#request;
    const body = Buffer.concat(this.#chunks);
    const { host } = this.#connection.dialed;
    return { host, path, method, status: this.#status ?? 0, headers: this.#headers, body, evidence: this.evidence() };
  }

  where(): FailureDetails {
    const { host, port, address } = this.#connection.dialed;
    return {
      host,
      port,
      path: this.#request.path,
      addresses: [address.address],
      waitedMs: Math.round(performance.now() - this.#started),
    };
  }

  evidence(): Evidence {
    const body = record(
      {
        method: this.#request.method,
        url: originOf(this.#connection) + this.#request.path,
        address: this.#connection.dialed.address.address,
        connection: this.#way.name,
        requestHeaders: this.#request.headers,
        requestBody: this.#request.body,
        status: this.#status,
        responseHeaders: this.#headers,
        responseBody: Buffer.concat(this.#chunks),
        binary: this.#request.binary ?? false,
        timings: {
          connectMs: this.#way.used ? null : this.#connection.dialed.connectMs,
          tlsMs: this.#way.used ? null : this.#connection.tlsMs,
          firstByteMs: this.#firstByte === null ? null : this.#since(this.#firstByte),
          totalMs: this.#since(performance.now()),
        },
      },
      this.#scrub,
    );
    return { kind: 'exchange', body };
  }

  #since(time: number): number {
    return Math.round((time - this.#started) * 10) / 10;
  }
}

/** The beginning of a URL; a port that goes without saying is left out. */
export function originOf({ dialed: { host, port }, tlsMs }: Connection): string {
  const [scheme, usual] = tlsMs === null ? ['http', 80] : ['https', 443];
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}${port === usual ? '' : `:${port}`}`;
}
