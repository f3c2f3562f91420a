/** The record layer: takes what comes in pieces of any size and gives whole records. RFC 8446 5.1, RFC 5246 6.2 */

import { ByteQueue } from '../bytes/queue.ts';
import { WireError } from '../error.ts';

export const CHANGE_CIPHER_SPEC = 20;
export const ALERT = 21;
export const HANDSHAKE = 22;
export const APPLICATION_DATA = 23;

export interface TlsRecord {
  readonly type: number;
  /** As written: says little, since clients and servers of all versions write old numbers here. */
  readonly version: number;
  readonly fragment: Uint8Array;
  /** Where the record begins, counted from the first byte that came. */
  readonly offset: number;
}

const HEADER = 5;
/** 2^14 for content, 2048 for what encryption may add in TLS 1.2; TLS 1.3 allows less. RFC 5246 6.2.3 */
const MOST_FRAGMENT = 2 ** 14 + 2_048;
const SPEC = 'RFC 8446 5.1';

/** Cuts a stream of bytes into records. Strict: the first byte that no TLS peer would send ends it with an error. */
export class RecordReader {
  readonly #waiting = new ByteQueue();
  #offset = 0;

  /**
   * One by one: who has enough looks no further.
   * @throws WireError bad-value (this is no TLS), too-large
   */
  *push(piece: Uint8Array): Generator<TlsRecord> {
    this.#waiting.push(piece);
    for (let next = this.#next(); next !== null; next = this.#next()) yield next;
  }

  #next(): TlsRecord | null {
    const header = this.#waiting.peek(HEADER);
    this.#check(header);
    if (header.length < HEADER) return null;
    const [type = 0, major = 0, minor = 0, high = 0, low = 0] = header;
    const length = high * 256 + low;
    if (length > MOST_FRAGMENT) throw this.#fault('too-large', 'length', 3, 'longer than any record may be');
    if (this.#waiting.length < HEADER + length) return null;
    const fragment = this.#waiting.take(HEADER + length).subarray(HEADER);
    const record = { type, version: major * 256 + minor, fragment, offset: this.#offset };
    this.#offset += HEADER + length;
    return record;
  }

  /** What has come of a header: another protocol shows in its first bytes, and waiting for the rest would never end. */
  #check([type, major]: Uint8Array): void {
    if (type !== undefined && (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA))
      throw this.#fault('bad-value', 'type', 0, 'this is no TLS record');
    if (major !== undefined && major !== 3) throw this.#fault('bad-value', 'version', 1, 'this is no version of TLS');
  }

  #fault(code: 'bad-value' | 'too-large', field: string, at: number, reason: string): WireError {
    return new WireError(code, { path: `record.${field}`, offset: this.#offset + at, spec: SPEC }, reason);
  }
}
