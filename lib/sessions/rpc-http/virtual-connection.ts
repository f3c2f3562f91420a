/** Two channels as one connection: how they are joined, and what keeps them going beneath the calls. [MS-RPCH] 3.2.1, 3.2.2 */
import { limits } from '#lib/net/limits.ts';
import type { FindSecrets } from '#lib/net/recorder.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { Trace } from '#lib/wire/bytes/trace.ts';
import { PDU_TYPE } from '#lib/wire/dce-rpc/header.ts';
import type { RawPdu } from '#lib/wire/dce-rpc/splitter.ts';
import { WireError } from '#lib/wire/error.ts';
import { flowControlAck, ping } from '#lib/wire/rts/client.ts';
import type { RtsCommand } from '#lib/wire/rts/commands.ts';
import { isRecycling, rtsName, rtsNames } from '#lib/wire/rts/names.ts';
import { decodeRts, encodeRts, type RtsPdu } from '#lib/wire/rts/pdu.ts';
import { Conversation, type Said } from '../conversation.ts';
import type { Channels } from './channels.ts';
import type { RpcFailure } from './failure.ts';

export type Got<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: RpcFailure };

/** What is waited for. Null goes on waiting. */
export interface Awaited<T> {
  /** The PDU's name. */
  readonly name: string;
  readonly waitMs: number;
  readonly rts?: (pdu: RtsPdu) => T | null;
  readonly rpc?: (raw: RawPdu) => Got<T> | null;
}

export interface Ends {
  readonly host: string;
  readonly outChannel: Uint8Array;
  /** What we have room for. */
  readonly window: number;
  readonly findSecrets: FindSecrets;
}

export class VirtualConnection {
  readonly conversation: Conversation;
  readonly #channels: Channels;
  readonly #ends: Ends;
  /** Octets of RPC that have come, and what of them was acknowledged. */
  #received = 0;
  #acknowledged = 0;
  /** Octets of RPC that have gone, and up to where they may go. */
  #sent = 0;
  #mayBeSent = 0;
  #pingMs = Number.POSITIVE_INFINITY;
  #lastSentAt = performance.now();

  constructor(channels: Channels, ends: Ends) {
    this.conversation = new Conversation('RPC over HTTP', ends.host, ends.findSecrets);
    this.#channels = channels;
    this.#ends = ends;
  }

  /** Waits until both channels belong together. @param a1 and b1 have been sent @returns why they do not; null where they do */
  async join(a1: RtsPdu, b1: RtsPdu, a3Ms: number, c2Ms: number): Promise<RpcFailure | null> {
    for (const pdu of [a1, b1]) this.#noteSent(pdu);
    const a3 = await this.receive({ name: 'CONN/A3', waitMs: a3Ms, rts: named('CONN/A3') });
    if (!a3.ok) return a3.failure;
    const c2 = await this.receive({ name: 'CONN/C2', waitMs: c2Ms, rts: named('CONN/C2') });
    if (!c2.ok) return c2.failure;
    this.#mayBeSent = commandIn(c2.value, 'ReceiveWindowSize')?.bytes ?? 0;
    // Half of the time after which the proxy would take the client for dead. [MS-RPCH] 3.2.2.2.1
    this.#pingMs = Math.max(limits.rpcPingMs, (commandIn(c2.value, 'ConnectionTimeout')?.ms ?? 0) / 2);
    return null;
  }

  /** Sends a PDU of RPC, once the server has room for it. @returns what came instead of room; null where it was sent */
  async send(said: Omit<Said, 'direction'>, waitMs: number): Promise<RpcFailure | null> {
    const { length } = said.bytes;
    const hasRoom = (): true | null => (this.#sent + length <= this.#mayBeSent ? true : null);
    if (hasRoom() === null) {
      const room = await this.receive({ name: 'FlowControlAck', waitMs, rts: hasRoom });
      if (!room.ok) return room.failure;
    }
    this.#sent += length;
    this.conversation.note({ ...said, direction: 'sent' });
    await this.#write(said.bytes);
    return null;
  }

  /**
   * Waits for a PDU, and minds what else comes meanwhile.
   * @throws NetFailure
   */
  async receive<T>(awaited: Awaited<T>): Promise<Got<T>> {
    try {
      return await this.#receive(awaited);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return fails({ kind: 'malformed', awaited: awaited.name, error });
    }
  }

  /** Exchanges that opened the channels. */
  evidence(): Evidence[] {
    return this.#channels.evidence();
  }

  close(): void {
    this.#channels.close();
  }

  async #receive<T>(awaited: Awaited<T>): Promise<Got<T>> {
    const { name, waitMs } = awaited;
    const started = performance.now();
    for (let count = 0; count < limits.rpcPdus; count += 1) {
      const heard = await this.#hear(name, started + waitMs);
      if (heard === null) {
        const waited = Math.round(performance.now() - started);
        return fails({ kind: 'no-answer', awaited: name, hasHead: this.#channels.hasHead, waitedMs: waited });
      }
      if ('kind' in heard) return fails(heard);
      const got = heard.header.type === 'rts' ? this.#takeRts(heard, awaited) : await this.#takeRpc(heard, awaited);
      if (got !== null) return got;
    }
    return fails({ kind: 'too-much', awaited: name, limit: `${limits.rpcPdus} PDUs` });
  }

  /** The next PDU; pings while there is none, so that nobody takes this side for dead. */
  async #hear(awaited: string, end: number): Promise<RawPdu | RpcFailure | null> {
    for (;;) {
      const pingAt = this.#lastSentAt + this.#pingMs;
      const next = await this.#channels.next(awaited, Math.min(end, pingAt) - performance.now());
      if (next !== null || performance.now() >= end) return next;
      if (performance.now() >= pingAt) await this.#sendRts(ping);
    }
  }

  #takeRts<T>({ bytes }: RawPdu, { name, rts }: Awaited<T>): Got<T> | null {
    const pdu = this.#read(bytes);
    const ack = commandIn(pdu, 'FlowControlAck');
    if (ack !== undefined) this.#mayBeSent = ack.received + ack.window;
    const value = rts?.(pdu) ?? null;
    if (value !== null) return { ok: true, value };
    if (rtsNames(pdu).some((one) => MINDED.includes(one))) return null;
    const got = rtsName(pdu);
    return fails(
      isRecycling(pdu) ? { kind: 'recycling', awaited: name, got } : { kind: 'unexpected', awaited: name, got },
    );
  }

  async #takeRpc<T>(raw: RawPdu, { name, rpc }: Awaited<T>): Promise<Got<T> | null> {
    this.#received += raw.bytes.length;
    if (rpc === undefined) {
      const got = raw.header.type;
      this.conversation.note({ name: got, direction: 'received', bytes: raw.bytes });
      return fails({ kind: 'unexpected', awaited: name, got });
    }
    const got = rpc(raw);
    if (this.#received - this.#acknowledged >= this.#ends.window / 2) await this.#acknowledge();
    return got;
  }

  async #acknowledge(): Promise<void> {
    const { outChannel, window } = this.#ends;
    this.#acknowledged = this.#received;
    await this.#sendRts(flowControlAck({ received: this.#received, window, outChannel }));
  }

  async #sendRts(pdu: RtsPdu): Promise<void> {
    await this.#write(this.#noteSent(pdu));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#lastSentAt = performance.now();
    await this.#channels.send(bytes);
  }

  #noteSent(pdu: RtsPdu): Uint8Array {
    const trace = new Trace();
    const bytes = encodeRts(pdu, trace);
    this.conversation.note({ name: rtsName(pdu), direction: 'sent', bytes, trace });
    return bytes;
  }

  /** @throws WireError */
  #read(bytes: Uint8Array): RtsPdu {
    const trace = new Trace();
    const said = { direction: 'received', bytes, trace } as const;
    try {
      const pdu = decodeRts(bytes, trace);
      this.conversation.note({ ...said, name: rtsName(pdu) });
      return pdu;
    } catch (error) {
      if (error instanceof WireError)
        this.conversation.note({ ...said, name: `PTYPE ${PDU_TYPE.rts}`, problem: error });
      throw error;
    }
  }
}

/** What may come at any time, and wants nothing of us. */
const MINDED = ['Ping', 'FlowControlAck', 'FlowControlAckWithDestination', 'Keep-Alive', 'PingTrafficSentNotify'];

const fails = (failure: RpcFailure) => ({ ok: false, failure }) as const;

const named =
  (name: string) =>
  (pdu: RtsPdu): RtsPdu | null =>
    rtsNames(pdu).includes(name) ? pdu : null;

function commandIn<Kind extends RtsCommand['kind']>({ commands }: RtsPdu, kind: Kind) {
  return commands.find((one): one is Extract<RtsCommand, { kind: Kind }> => one.kind === kind);
}
