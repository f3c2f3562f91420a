/**
 * The body of a response while it comes in: tags that keep the connection alive, headers that were not known at the start, and then what
 * was asked for. [MS-OXCMAPIHTTP] 2.2.2.2, 2.2.7
 */
import { ByteQueue } from '../bytes/queue.ts';
import { latin1 } from '../bytes/reader.ts';
import { WireError, type WireErrorCode } from '../error.ts';
import { readNumber } from './response-code.ts';

const SPEC = '[MS-OXCMAPIHTTP] 2.2.2.2';

/** More than the longest wait at one PENDING each second. */
export const MAX_PENDING = 1_000;
/** Real ones have a hundred octets. */
export const MAX_HEADERS = 8 * 1024;
/** Answers of the mailbox stay below 256 KiB; rows of the address book may be more, for pictures. */
export const MAX_BODY = 4 * 1024 * 1024;
/** Kept of a page that nobody asked for. */
export const MAX_PAGE = 64 * 1024;

/** When each tag was complete, on the clock of whoever pushes the pieces. */
export interface TagTimes {
  /** Null where the tag did not come. */
  readonly processingAtMs: number | null;
  readonly pendingAtMs: readonly number[];
}

export interface StreamHeader {
  readonly name: string;
  readonly value: string;
}

/**
 * What a body turned out to be:
 * - `complete`: it had come to DONE and to the end of the headers; `body` is what follows, binary or the page of a failure
 * - `unfinished`: it ended, or was given up, between tags or inside the headers
 * - `untagged`: no tag at all: the page of a failure, of a portal or of a proxy, or nothing
 */
export type MapiHttpBody =
  | ({ readonly kind: 'complete'; readonly doneAtMs: number; readonly body: Uint8Array } & TagTimes & StreamHeaders)
  | ({ readonly kind: 'unfinished'; readonly doneAtMs: number | null } & TagTimes)
  | { readonly kind: 'untagged'; readonly body: Uint8Array; readonly isCut: boolean };

export interface StreamHeaders {
  /** In their order; of the same name the last one counts. */
  readonly headers: readonly StreamHeader[];
  /** Wins over the one in the HTTP headers; null where there is none. */
  readonly responseCode: number | null;
  /** What the server took for it, by its own clock. X-ElapsedTime */
  readonly elapsedMs: number | null;
  /** X-StartTime, as it is written. */
  readonly startTime: string | null;
}

const TAGS = ['PROCESSING', 'PENDING', 'DONE'] as const;
type Tag = (typeof TAGS)[number];
const LONGEST_TAG = 10;
const CR = 0x0d;
const LF = 0x0a;

/** Takes a body in pieces that are cut anywhere. Chunks of HTTP are none of its business. */
export class MapiHttpStream {
  #phase: 'tags' | 'done' | 'headers' | 'body' | 'untagged' = 'tags';
  readonly #queue = new ByteQueue();
  /** Octets that are used up. */
  #offset = 0;
  #processingAtMs: number | null = null;
  readonly #pendingAtMs: number[] = [];
  #doneAtMs: number | null = null;
  readonly #headers: StreamHeader[] = [];
  #headerBytes = 0;

  /** Whether a server has said at least that it is at work. */
  get hasBegun(): boolean {
    return this.#processingAtMs !== null || this.#pendingAtMs.length > 0 || this.#doneAtMs !== null;
  }

  get pendingCount(): number {
    return this.#pendingAtMs.length;
  }

  /**
   * Takes the next piece.
   * @throws WireError where it is no such body, or larger than any honest one
   */
  push(piece: Uint8Array, atMs: number): void {
    this.#queue.push(this.#bounded(piece));
    while (this.#phase === 'tags' && this.#readTag(atMs));
    if (this.#phase === 'done') this.#endDoneLine();
    while (this.#phase === 'headers' && this.#readHeader());
  }

  /** Of a page, the start is enough, and one octet more to tell that there was more. */
  #bounded(piece: Uint8Array): Uint8Array {
    if (this.#phase === 'untagged') return piece.subarray(0, Math.max(0, MAX_PAGE + 1 - this.#queue.length));
    if (this.#offset + this.#queue.length + piece.length > MAX_BODY)
      throw this.#fault('too-large', '', `more than ${MAX_BODY} bytes`);
    return piece;
  }

  /** There is nothing more to come, or nobody waits for it any longer. */
  end(): MapiHttpBody {
    const times = { processingAtMs: this.#processingAtMs, pendingAtMs: [...this.#pendingAtMs] };
    const rest = this.#queue.peek(this.#queue.length).slice();
    if (this.#phase === 'untagged' || (!this.hasBegun && rest.length === 0))
      return { kind: 'untagged', body: rest.subarray(0, MAX_PAGE), isCut: rest.length > MAX_PAGE };
    if (this.#phase !== 'body' || this.#doneAtMs === null)
      return { kind: 'unfinished', doneAtMs: this.#doneAtMs, ...times };
    return { kind: 'complete', doneAtMs: this.#doneAtMs, body: rest, ...times, ...this.#facts() };
  }

  /** @returns whether to go on */
  #readTag(atMs: number): boolean {
    if (this.hasBegun && this.#skipLineEnd()) return true;
    const start = latin1(this.#queue.peek(LONGEST_TAG));
    const tag = TAGS.find((each) => start.startsWith(each));
    if (tag !== undefined) {
      this.#take(tag.length);
      this.#note(tag, atMs);
      return true;
    }
    // What is there may still become a tag, or the second half of a line end.
    if (TAGS.some((each) => each.startsWith(start)) || (this.hasBegun && start === '\r')) return false;
    if (this.hasBegun) throw this.#fault('bad-value', '', 'neither PENDING nor DONE');
    this.#phase = 'untagged';
    return false;
  }

  #note(tag: Tag, atMs: number): void {
    switch (tag) {
      case 'PROCESSING':
        if (this.hasBegun) throw this.#fault('bad-value', '', 'PROCESSING is not the first tag');
        this.#processingAtMs = atMs;
        return;
      case 'PENDING':
        if (this.#pendingAtMs.length === MAX_PENDING)
          throw this.#fault('too-large', '', `PENDING more than ${MAX_PENDING} times`);
        this.#pendingAtMs.push(atMs);
        return;
      case 'DONE':
        this.#doneAtMs = atMs;
        this.#phase = 'done';
        return;
      default:
        tag satisfies never;
    }
  }

  /** The line end behind a tag: some servers leave it out behind PENDING. */
  #skipLineEnd(): boolean {
    const [first, second] = this.#queue.peek(2);
    if (first !== CR || second !== LF) return false;
    this.#take(2);
    return true;
  }

  #endDoneLine(): void {
    const [first, second] = this.#queue.peek(2);
    if (first === undefined || (first === CR && second === undefined)) return;
    this.#skipLineEnd();
    this.#phase = 'headers';
  }

  /** @returns whether to go on */
  #readHeader(): boolean {
    const line = this.#line();
    if (line === null) return false;
    if (line.length === 0) {
      this.#phase = 'body';
      return false;
    }
    const colon = line.indexOf(':');
    if (colon < 1) throw this.#fault('bad-value', `.headers[${this.#headers.length}]`, 'a line without a colon');
    this.#headers.push({ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() });
    return true;
  }

  /** Takes a line and its end; null where it is not complete. */
  #line(): string | null {
    const room = MAX_HEADERS - this.#headerBytes;
    const ahead = this.#queue.peek(room);
    const end = ahead.indexOf(LF);
    if (end === -1 && ahead.length < room) return null;
    if (end === -1) throw this.#fault('too-large', '.headers', `more than ${MAX_HEADERS} bytes`);
    if (ahead[end - 1] !== CR) throw this.#fault('bad-value', '.headers', 'a line that does not end with CR LF');
    this.#headerBytes += end + 1;
    return latin1(this.#take(end + 1).subarray(0, end - 1));
  }

  #take(length: number): Uint8Array {
    this.#offset += length;
    return this.#queue.take(length);
  }

  #facts(): StreamHeaders {
    const last = (name: string): string | null =>
      this.#headers.findLast((header) => header.name.toLowerCase() === name)?.value ?? null;
    const number = (name: string): number | null => readNumber(last(name) ?? '');
    return {
      headers: [...this.#headers],
      responseCode: number('x-responsecode'),
      elapsedMs: number('x-elapsedtime'),
      startTime: last('x-starttime'),
    };
  }

  #fault(code: WireErrorCode, path: string, reason: string): WireError {
    return new WireError(code, { path: `mapiHttp.body${path}`, offset: this.#offset, spec: SPEC }, reason);
  }
}
