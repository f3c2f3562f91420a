/** What an exchange has seen so far: grows while the answer comes in, and can be turned into evidence at any moment. */
import type { Evidence, Header } from '#lib/result/evidence.ts';
import { type FailureDetails, NetFailure } from './failure.ts';
import type { Connection, HttpAnswer, HttpRequest, Timings } from './http-message.ts';
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
  #reason: string | null = null;
  #headers: readonly Header[] = [];
  /** Octets of a body that is a stream: counted, not kept. */
  #passed = 0;
  readonly #body = new Collected();

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

  answered(status: number, headers: readonly Header[], reason: string | null = null): void {
    this.#firstByte = performance.now();
    this.#status = status;
    this.#reason = reason;
    this.#headers = headers;
  }

  /** @throws NetFailure too-large */
  received(chunk: Uint8Array): void {
    this.#body.add(chunk);
    const most = this.#request.answerBytes ?? limits.bodyBytes;
    if (this.#body.length <= most) return;
    const limit = { what: 'an answer', value: describeBytes(most) };
    throw new NetFailure('too-large', { host: this.#connection.dialed.host, limit });
  }

  /** A piece of a body that is a stream, and no document. */
  passed(chunk: Uint8Array): void {
    this.#passed += chunk.length;
  }

  answer(): HttpAnswer {
    const { method, path } = this.#request;
    const body = this.#body.octets();
    const { host } = this.#connection.dialed;
    const [status, headers] = [this.#status ?? 0, this.#headers];
    const reason = this.#reason ?? '';
    return { host, path, method, status, reason, headers, body, evidence: this.evidence(), timings: this.#timings() };
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
        reason: this.#reason,
        responseHeaders: this.#headers,
        responseBody: this.#body.octets(),
        binary: this.#request.binary ?? false,
        timings: this.#timings(),
      },
      this.#scrub,
    );
    const size = this.#passed;
    return {
      kind: 'exchange',
      body: size === 0 ? body : { ...body, responseBody: `[${size} bytes]`, responseBytes: size },
    };
  }

  #timings(): Timings {
    const { used } = this.#way;
    return {
      connectMs: used ? null : this.#connection.dialed.connectMs,
      tlsMs: used ? null : this.#connection.tlsMs,
      firstByteMs: this.#firstByte === null ? null : this.#since(this.#firstByte),
      totalMs: this.#since(performance.now()),
    };
  }

  #since(time: number): number {
    return Math.round((time - this.#started) * 10) / 10;
  }
}

/** What comes in pieces, however small: four million of one octet would take a hundred times as much memory as what is in them. */
class Collected {
  #buffer = Buffer.alloc(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(piece: Uint8Array): void {
    const needed = this.#length + piece.length;
    if (needed > this.#buffer.length) {
      const larger = Buffer.alloc(Math.max(needed, 2 * this.#buffer.length));
      larger.set(this.octets());
      this.#buffer = larger;
    }
    this.#buffer.set(piece, this.#length);
    this.#length = needed;
  }

  octets(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }
}

/** The beginning of a URL; a port that goes without saying is left out. */
export function originOf({ dialed: { host, port }, tlsMs }: Connection): string {
  const [scheme, usual] = tlsMs === null ? ['http', 80] : ['https', 443];
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}${port === usual ? '' : `:${port}`}`;
}
