/** Handshake messages out of the records that carry them: one message may fill many records, and one record many messages. RFC 8446 5.1 */

import { ByteQueue } from '../bytes/queue.ts';
import { WireError } from '../error.ts';
import { Reader } from './reader.ts';

/** RFC 8446 B.3, RFC 5246 7.4, RFC 6066 8 */
export const MESSAGE = {
  helloRequest: 0,
  serverHello: 2,
  encryptedExtensions: 8,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  finished: 20,
  certificateStatus: 22,
} as const;

export interface Message {
  readonly type: number;
  readonly body: Uint8Array;
  /** Where the body begins, counted in the bytes of all messages, record headers left out. */
  readonly offset: number;
}

/** The longest are lists of authorities in a CertificateRequest: Windows sends up to 16 KiB of them, chains rarely have 10. */
export const MOST_MESSAGE = 128 * 1024;
/** A server's first flight has at most six; HelloRequest may be repeated. */
const MOST_MESSAGES = 64;
const HEADER = 4;
const SPEC = 'RFC 8446 4';

/** Puts messages together out of fragments. */
export class MessageReader {
  readonly #waiting = new ByteQueue();
  #offset = 0;
  #count = 0;

  /** @throws WireError too-large, at the announcement already */
  push(fragment: Uint8Array): Message[] {
    this.#waiting.push(fragment);
    const messages: Message[] = [];
    for (let next = this.#next(); next !== null; next = this.#next()) messages.push(next);
    return messages;
  }

  #next(): Message | null {
    const header = this.#waiting.peek(HEADER);
    if (header.length < HEADER) return null;
    const [type = 0, high = 0, middle = 0, low = 0] = header;
    const length = high * 65_536 + middle * 256 + low;
    if (length > MOST_MESSAGE) throw this.#tooLarge('length', 'a message longer than anybody needs');
    if (this.#waiting.length < HEADER + length) return null;
    if (++this.#count > MOST_MESSAGES) throw this.#tooLarge('type', 'more messages than any handshake has');
    const message = { type, body: this.#waiting.take(HEADER + length).subarray(HEADER), offset: this.#offset + HEADER };
    this.#offset += HEADER + length;
    return message;
  }

  #tooLarge(field: string, reason: string): WireError {
    return new WireError('too-large', { path: `handshake.${field}`, offset: this.#offset, spec: SPEC }, reason);
  }
}

/** A reader of a message's body. */
export function bodyReader({ body, offset }: Message, path: string, spec: string): Reader {
  return new Reader(body, path, offset, spec);
}
