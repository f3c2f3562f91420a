/** Cuts a stream of bytes into PDUs: of RPC and of RPC over HTTP, which share their header. C706 12.6.3.1 */
import { ByteQueue } from '../bytes/queue.ts';
import { ByteReader } from '../bytes/reader.ts';
import { WireError } from '../error.ts';
import { HEADER_BYTES, type PduHeader, readHeader } from './header.ts';

export interface RawPdu {
  readonly header: PduHeader;
  /** All of it, header included. */
  readonly bytes: Uint8Array;
}

/** Takes pieces of any size. What waits for its end is never more than one PDU, and no PDU is longer than 64 KiB. */
export class PduSplitter {
  readonly #waiting = new ByteQueue();
  #offset = 0;

  /** Whether the stream may end here. */
  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /**
   * One by one: who has enough looks no further.
   * @throws WireError where what comes is no PDU; its offset counts from the start of the stream
   */
  *push(piece: Uint8Array): Generator<RawPdu> {
    this.add(piece);
    for (let next = this.next(); next !== null; next = this.next()) yield next;
  }

  /** Takes a piece without looking at it. */
  add(piece: Uint8Array): void {
    this.#waiting.push(piece);
  }

  /** The next PDU that is complete; null where there is none yet. @throws WireError */
  next(): RawPdu | null {
    const start = this.#waiting.peek(HEADER_BYTES);
    if (start.length > 0 && start[0] !== 5) throw this.#moved(notRpc());
    if (start.length < HEADER_BYTES) return null;
    const header = this.#header(start);
    if (this.#waiting.length < header.fragLength) return null;
    this.#offset += header.fragLength;
    return { header, bytes: this.#waiting.take(header.fragLength) };
  }

  #header(start: Uint8Array): PduHeader {
    try {
      return readHeader(new ByteReader(start, { path: 'pdu', spec: SPEC }));
    } catch (error) {
      throw error instanceof WireError ? this.#moved(error) : error;
    }
  }

  #moved({ code, path, offset, spec, reason }: WireError): WireError {
    return new WireError(code, { path, offset: this.#offset + offset, spec }, reason);
  }
}

const SPEC = 'C706 12.6.3.1';

/** Another protocol shows in its first byte; waiting for fifteen more could take for ever. */
const notRpc = (): WireError =>
  new WireError('bad-value', { path: 'pdu.rpc_vers', offset: 0, spec: SPEC }, 'this is no PDU of RPC version 5');
