/**
 * Reads an HTTP/1.1 answer out of pieces, as they come: head first, then the body with its framing taken off. RFC 9112
 * Everything is bounded, and each byte is looked at once.
 */
import type { Header } from '#lib/result/evidence.ts';
import { header } from './http-message.ts';
import { describeBytes, limits } from './limits.ts';

export interface ResponseHead {
  readonly status: number;
  /** What stands behind the status; empty where nothing does. */
  readonly reason: string;
  /** In the order and spelling of the wire. */
  readonly headers: readonly Header[];
  /** Whether the server closes behind this answer. */
  readonly closes: boolean;
}

/** What is wrong with an answer, before it is known over which connection it came. */
export class StreamFault extends Error {
  readonly code: 'not-http' | 'too-large' | 'closed-early';

  constructor(code: StreamFault['code'], detail: string) {
    super(detail);
    this.code = code;
  }
}

const LINE_END = 10;
const CARRIAGE_RETURN = 13;
/** What a piece costs to keep beside its octets: a stream in pieces of one octet must not fill the memory. */
const PIECE_COST = 128;
/** Size in digits, and whatever extensions somebody invents. RFC 9112 7.1.1 */
const MOST_CHUNK_LINE = 1_024;

export class ResponseReader {
  #head: ResponseHead | null = null;
  readonly #lines = new LineReader();
  #body: Body = { kind: 'none' };
  readonly #pieces: Uint8Array[] = [];
  #waiting = 0;
  #leftOver = 0;

  /** The head of the answer; null until it has come. Interim answers are skipped. RFC 9110 15.2 */
  get head(): ResponseHead | null {
    return this.#head;
  }

  /** Whether the answer is complete. */
  get isDone(): boolean {
    return this.#head !== null && this.#body.kind === 'none';
  }

  /** Octets of the body that nobody has taken, and what it costs to keep them. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether more came than belongs to the answer. */
  get hasMore(): boolean {
    return this.#leftOver > 0;
  }

  /** @throws StreamFault */
  push(piece: Uint8Array): void {
    let rest = piece;
    while (rest.length > 0) {
      if (this.isDone) {
        this.#leftOver += rest.length;
        return;
      }
      rest = rest.subarray(this.#head === null ? this.#readHead(rest) : this.#readBody(rest));
    }
  }

  /** Takes the next piece of the body; null where none has come. */
  take(): Uint8Array | null {
    const piece = this.#pieces.shift() ?? null;
    this.#waiting -= piece === null ? 0 : piece.length + PIECE_COST;
    return piece;
  }

  /** The connection has ended. @throws StreamFault where the answer had not */
  end(): void {
    if (this.#head !== null && this.#body.kind === 'until-close') this.#body = { kind: 'none' };
    if (!this.isDone)
      throw new StreamFault(
        'closed-early',
        this.#head === null ? 'closed without an answer' : 'closed within the answer',
      );
  }

  /** @returns how much of the piece belongs to the head */
  #readHead(piece: Uint8Array): number {
    const taken = this.#lines.push(piece, limits.headerBytes, 'headers');
    // Another protocol shows at once; who waits for the end of its first line may wait for ever.
    if (!'HTTP/1.'.startsWith(this.#lines.start(7))) throw new StreamFault('not-http', 'no status line');
    const lines = this.#lines.takeHead();
    if (lines === null) return taken;
    const head = parseHead(lines);
    if (head.status === 101) throw new StreamFault('not-http', 'an answer out of turn');
    if (head.status < 200) return taken;
    this.#body = framing(head);
    this.#head = head;
    return taken;
  }

  /** @returns how much of the piece was used */
  #readBody(piece: Uint8Array): number {
    const body = this.#body;
    switch (body.kind) {
      case 'none':
        return 0;
      case 'until-close':
        return this.#pass(piece);
      case 'length':
        return this.#counted(piece, body.left, (left) => (left === 0 ? { kind: 'none' } : { kind: 'length', left }));
      case 'chunk':
        return this.#counted(piece, body.left, (left) =>
          left === 0 ? { kind: 'chunk-end' } : { kind: 'chunk', left },
        );
      case 'chunk-size':
      case 'chunk-end':
      case 'trailers':
        return this.#readLine(piece, body.kind);
    }
  }

  #counted(piece: Uint8Array, left: number, next: (left: number) => Body): number {
    const used = this.#pass(piece.subarray(0, left));
    this.#body = next(left - used);
    return used;
  }

  #pass(piece: Uint8Array): number {
    this.#pieces.push(piece);
    this.#waiting += piece.length + PIECE_COST;
    return piece.length;
  }

  #readLine(piece: Uint8Array, kind: 'chunk-size' | 'chunk-end' | 'trailers'): number {
    const most = kind === 'trailers' ? limits.headerBytes : MOST_CHUNK_LINE;
    const taken = this.#lines.push(piece, most, 'the framing of chunks', true);
    const line = this.#lines.takeLine();
    if (line === null) return taken;
    if (kind === 'trailers') {
      if (line === '') this.#body = { kind: 'none' };
      return taken;
    }
    if (kind === 'chunk-end') {
      if (line !== '') throw new StreamFault('not-http', 'a chunk of another length than it says');
      this.#body = { kind: 'chunk-size' };
      return taken;
    }
    const size = /^([0-9a-f]{1,12})[ \t]*(?:;|$)/i.exec(line)?.[1];
    if (size === undefined) throw new StreamFault('not-http', 'a chunk without a size');
    const left = Number.parseInt(size, 16);
    this.#body = left === 0 ? { kind: 'trailers' } : { kind: 'chunk', left };
    return taken;
  }
}

/** How much of the body is still to come. */
type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'until-close' }
  | { readonly kind: 'length'; readonly left: number }
  | { readonly kind: 'chunk-size' }
  | { readonly kind: 'chunk'; readonly left: number }
  | { readonly kind: 'chunk-end' }
  | { readonly kind: 'trailers' };

/** Collects octets up to the end of a line, or of a head. */
class LineReader {
  #pieces: Uint8Array[] = [];
  #length = 0;
  /** Since the last line end nothing has come that counts. */
  #isBlank = false;
  #isComplete = false;

  /**
   * @param single whether one line is enough; otherwise an empty one ends it
   * @returns how much of the piece was taken
   */
  push(piece: Uint8Array, most: number, what: string, single = false): number {
    let at = 0;
    while (at < piece.length && !this.#isComplete) {
      const octet = piece[at];
      at += 1;
      if (octet === LINE_END) {
        this.#isComplete = single || this.#isBlank;
        this.#isBlank = true;
      } else if (octet !== CARRIAGE_RETURN) this.#isBlank = false;
    }
    this.#pieces.push(piece.subarray(0, at));
    this.#length += at;
    if (this.#length > most) throw new StreamFault('too-large', `${what}: ${describeBytes(most)}`);
    return at;
  }

  /** The first characters. */
  start(length: number): string {
    let text = '';
    for (const piece of this.#pieces) {
      if (text.length >= length) break;
      text += latin1(piece.subarray(0, length - text.length));
    }
    return text;
  }

  /** The lines of a head without the empty one; null where it is not complete. */
  takeHead(): string[] | null {
    const text = this.#take();
    return text === null ? null : text.split(/\r?\n/).slice(0, -2);
  }

  takeLine(): string | null {
    return this.#take()?.replace(/\r?\n$/, '') ?? null;
  }

  #take(): string | null {
    if (!this.#isComplete) return null;
    const text = this.#pieces.map(latin1).join('');
    this.#pieces = [];
    this.#length = 0;
    this.#isBlank = false;
    this.#isComplete = false;
    return text;
  }
}

/** One character for each octet: what headers are made of. RFC 9112 2.2 */
const latin1 = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1');

function parseHead([first = '', ...lines]: readonly string[]): ResponseHead {
  const [, version, status, reason = ''] = /^HTTP\/1\.(\d) (\d{3})(?: (.*))?$/.exec(first) ?? [];
  if (status === undefined || Number(status) < 100) throw new StreamFault('not-http', 'no status line');
  const headers: Header[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const last = headers.at(-1);
    // A line that is continued: given up long ago, and still to be read. RFC 9112 5.2
    if (/^[ \t]/.test(line) && last !== undefined) headers[headers.length - 1] = [last[0], `${last[1]} ${line.trim()}`];
    else if (colon < 1) throw new StreamFault('not-http', 'a header without a name');
    else headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
  }
  const connection = header(headers, 'connection') ?? '';
  const closes = /\bclose\b/i.test(connection) || (version === '0' && !/\bkeep-alive\b/i.test(connection));
  return { status: Number(status), reason: reason.trim(), headers, closes };
}

/** RFC 9112 6.3 */
function framing({ status, headers }: ResponseHead): Body {
  if (status === 204 || status === 304) return { kind: 'none' };
  if (/\bchunked$/i.test(header(headers, 'transfer-encoding') ?? '')) return { kind: 'chunk-size' };
  const length = header(headers, 'content-length');
  if (length === null) return { kind: 'until-close' };
  if (!/^\d{1,15}$/.test(length)) throw new StreamFault('not-http', 'a length that is none');
  return Number(length) === 0 ? { kind: 'none' } : { kind: 'length', left: Number(length) };
}
