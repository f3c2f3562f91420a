/** Two channels that belong together, and the server at their end. [MS-RPCH] 3.2.3, 3.2.4, 3.2.5 */
import type { ChannelBody } from '../http/message.ts';
import { cut } from '../http/writer.ts';
import type { Random } from '../random.ts';
import { NotReadable } from '../store/bytes.ts';
import type { Association, Outgoing } from './association.ts';
import { HEADER, NotRpc, types } from './pdu.ts';
import { connA3, connC2, dataOf, flowControlAck, outR1A2, PING, readRts, rtsFlags } from './rts.ts';

/** How a virtual connection is bent. */
export interface ConnectionBend {
  /** After this PDU the client hears nothing more, whatever he says; `head` is that of the HTTP answer. */
  silentAfter?: string;
  /** After this PDU the client is asked for a new OUT channel. */
  recycledAfter?: string;
  /** After this PDU both channels are closed. */
  closedAfter?: string;
  /** Pings nobody, for clients that are not prepared for it. */
  withoutPings?: true;
  /** Learns of every PDU, in their order. */
  heard?: (from: 'client' | 'server', pdu: Buffer) => void;
}

/** What the server takes before it has to say so. */
const WINDOW = 64 * 1024;

export class VirtualConnection {
  readonly #association: Association;
  readonly #bend: ConnectionBend;
  readonly #random: Random;
  /** Each makes its PDUs while they are sent. */
  readonly #waiting: Iterator<Outgoing>[] = [];
  #wake: () => void = () => {};
  #isComplete = false;
  #isClosed = false;
  #out: { readonly cookie: Buffer; readonly body: ChannelBody; readonly window: number } | null = null;
  #in: { readonly cookie: Buffer; readonly body: ChannelBody } | null = null;
  /** Octets of RPC, without RTS. */
  #sent = 0;
  #mayBeSent = 0;
  #received = 0;
  #acknowledged = 0;

  constructor(association: Association, random: Random, bend: ConnectionBend) {
    this.#association = association;
    this.#random = random;
    this.#bend = bend;
  }

  /** What goes to the client, from CONN/A3 on. */
  async *out(body: ChannelBody, first: Buffer): AsyncGenerator<Uint8Array> {
    const cookie = dataOf(readRts(first), 'cookie', 1);
    const window = dataOf(readRts(first), 'receiveWindow').readUInt32LE();
    this.#out = { cookie, body, window };
    this.#bend.heard?.('client', first);
    this.#mayBeSent = window;
    void body.closed.then(() => this.#close());
    this.#say({ name: 'CONN/A3', bytes: connA3() });
    this.#join();
    try {
      yield* this.#spoken();
    } finally {
      this.#close();
    }
  }

  /** Reads what comes from the client, behind CONN/B1. */
  async receive(body: ChannelBody, first: Buffer, pdus: AsyncIterable<Buffer>): Promise<void> {
    this.#in = { cookie: dataOf(readRts(first), 'cookie', 1), body };
    this.#bend.heard?.('client', first);
    void body.closed.then(() => this.#close());
    this.#join();
    try {
      for await (const pdu of pdus) this.#take(pdu);
    } catch (error) {
      if (!(error instanceof NotReadable)) throw error;
    } finally {
      // What has been answered still goes out.
      this.#isComplete = true;
      this.#wake();
    }
  }

  /** Both channels are there: now the client may speak. */
  #join(): void {
    if (this.#in && this.#out) this.#say({ name: 'CONN/C2', bytes: connC2(WINDOW) });
  }

  #take(pdu: Buffer): void {
    this.#bend.heard?.('client', pdu);
    if (pdu[2] === types.rts) this.#takeRts(pdu);
    else this.#takeRpc(pdu);
    this.#wake();
  }

  #takeRpc(pdu: Buffer): void {
    this.#received += pdu.length;
    this.#waiting.push(this.#association.receive(pdu)[Symbol.iterator]());
    if (this.#received - this.#acknowledged > WINDOW / 2) this.#acknowledge();
  }

  /** Pings and keep-alives mean nothing here: nobody's time runs out. */
  #takeRts(pdu: Buffer): void {
    const rts = readRts(pdu);
    if (!rts.commands.some(({ name }) => name === 'flowControlAck')) return;
    const ack = dataOf(rts, 'flowControlAck');
    if (!this.#out?.cookie.equals(ack.subarray(8))) return;
    this.#mayBeSent = ack.readUInt32LE(0) + ack.readUInt32LE(4);
  }

  #acknowledge(): void {
    if (!this.#in) return;
    this.#acknowledged = this.#received;
    this.#say({ name: 'FlowControlAck', bytes: flowControlAck(this.#received, WINDOW, this.#in.cookie) });
  }

  #say(...pdus: readonly Outgoing[]): void {
    this.#waiting.push(pdus[Symbol.iterator]());
    this.#wake();
  }

  async *#spoken(): AsyncGenerator<Uint8Array> {
    const { silentAfter, recycledAfter, closedAfter, withoutPings } = this.#bend;
    if (silentAfter === 'head') return await this.#untilClosed();
    for (let joined = false; !this.#isClosed; ) {
      const next = this.#waiting[0]?.next();
      if (next === undefined && this.#isComplete) return;
      if (next === undefined) await this.#news();
      else if (next.done) this.#waiting.shift();
      else {
        const { name, bytes } = next.value;
        if (!(await this.#mayGo(bytes))) return;
        // A ping may come at any time, but not while the connection is being opened.
        if (joined && !withoutPings && this.#random.below(8) === 0) yield PING;
        joined ||= name === 'CONN/C2';
        this.#bend.heard?.('server', bytes);
        yield* this.#random.below(4) === 0 ? cut(bytes, this.#random) : [bytes];
        if (name === closedAfter) return;
        if (name === recycledAfter) yield outR1A2();
        if (name === silentAfter || name === recycledAfter) return await this.#untilClosed();
      }
    }
  }

  /** Waits until the client has room for it. Only RPC counts. [MS-RPCH] 3.2.1.1.4 */
  async #mayGo(bytes: Buffer): Promise<boolean> {
    if (bytes[2] === types.rts) return true;
    while (!this.#isClosed && !this.#isComplete && this.#sent + bytes.length > this.#mayBeSent) await this.#news();
    this.#sent += bytes.length;
    return !this.#isClosed;
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (this.#isClosed) resolve();
    });
  }

  async #untilClosed(): Promise<void> {
    while (!this.#isClosed && !this.#isComplete) await this.#news();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#in?.body.hangUp();
    this.#out?.body.hangUp();
    this.#wake();
  }
}

/** Takes a stream apart into PDUs, however it was cut on its way. */
export async function* pdusIn(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting = Buffer.alloc(0);
  for await (const piece of pieces) {
    waiting = Buffer.concat([waiting, piece]);
    while (waiting.length >= HEADER) {
      const length = waiting.readUInt16LE(8);
      if (length < HEADER) throw new NotRpc('A PDU is shorter than its header.');
      if (waiting.length < length) break;
      yield waiting.subarray(0, length);
      waiting = waiting.subarray(length);
    }
  }
}

/** Whether a PDU is the first of a channel, and of which. [MS-RPCH] 2.2.4.2, 2.2.4.5 */
export function openingOf(pdu: Buffer): { readonly connection: string; readonly channel: 'in' | 'out' } | null {
  const rts = readRts(pdu);
  const names = rts.commands.map(({ name }) => name).join(' ');
  const channel =
    names === 'version cookie cookie receiveWindow'
      ? 'out'
      : names === 'version cookie cookie channelLifetime clientKeepalive associationGroup'
        ? 'in'
        : null;
  if (channel === null || rts.flags !== rtsFlags.none) return null;
  return { connection: dataOf(rts, 'cookie').toString('hex'), channel };
}
