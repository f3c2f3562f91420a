/** A client for the lab's own tests: both channels by hand, and what came over them, PDU by PDU. */
import { randomBytes } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { handshake, mailHost } from '../client.ts';
import type { Lab } from '../lab.ts';
import { guid, join, u8, u16, u32 } from '../store/bytes.ts';
import { mailboxId } from '../store/owner.ts';
import { NDR32, type PduHead, pduFlags, type Syntax, types, writePdu } from './pdu.ts';
import { command, numberCommand, rtsFlags, rtsPdu } from './rts.ts';
import { pdusIn } from './virtual-connection.ts';

export interface RpcOptions {
  /** What the client takes before it says so. */
  window?: number;
  /** The name in front of the colon. */
  server?: string;
  /** How long the IN channel is to become. */
  length?: number;
}

/** A PDU that went over one of the channels. */
export interface Said {
  readonly from: 'client' | 'server';
  readonly bytes: Buffer;
}

const { first, last } = pduFlags;

/** The head of a request to the proxy. */
export function rpcHead(lab: Lab, world: string, verb: string, port: number, length: number, server?: string): string {
  const { username, password } = lab.world(world);
  const name = server ?? mailboxId({ domain: `${world}.lab.test` });
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  const headers = [`Host: ${mailHost(world)}`, `Authorization: Basic ${basic}`, `Content-Length: ${length}`];
  return [`${verb} /rpc/rpcproxy.dll?${name}:${port} HTTP/1.1`, ...headers, '', ''].join('\r\n');
}

/** The head of an answer, and what came behind it so far. */
export async function readHead(pieces: AsyncIterator<Buffer>): Promise<{ head: string; rest: Buffer }> {
  let seen = Buffer.alloc(0);
  for (;;) {
    const end = seen.indexOf('\r\n\r\n');
    if (end >= 0) return { head: seen.subarray(0, end).toString(), rest: seen.subarray(end + 4) };
    const { done, value } = await pieces.next();
    if (done) throw new Error('the connection was closed in front of an answer');
    seen = Buffer.concat([seen, value]);
  }
}

export class RpcClient {
  readonly conversation: Said[] = [];
  readonly outCookie = randomBytes(16);
  readonly #sockets: readonly TLSSocket[];
  readonly #in: TLSSocket;
  readonly #pdus: AsyncIterator<Buffer>;
  #callId = 0;

  private constructor(sockets: readonly [TLSSocket, TLSSocket], pdus: AsyncIterator<Buffer>) {
    this.#sockets = sockets;
    [this.#in] = sockets;
    this.#pdus = pdus;
  }

  /** Opens both channels; whether the server has joined them the next PDUs tell. */
  static async open(lab: Lab, world: string, port: number, options: RpcOptions = {}): Promise<RpcClient> {
    const { window = 65_536, server, length = 1024 ** 3 } = options;
    const [inSocket, out] = [await handshake(lab, mailHost(world)), await handshake(lab, mailHost(world))];
    const pieces: AsyncIterator<Buffer> = out.iterator({ destroyOnReturn: false });
    const client = new RpcClient([inSocket, out], pdusBehindHead(pieces));
    const [connection, inCookie, group] = [randomBytes(16), randomBytes(16), randomBytes(16)];
    const version = numberCommand('version', 1);
    const a1 = rtsPdu(
      rtsFlags.none,
      ...[version, command('cookie', connection), command('cookie', client.outCookie)],
      numberCommand('receiveWindow', window),
    );
    const b1 = rtsPdu(
      rtsFlags.none,
      ...[version, command('cookie', connection), command('cookie', inCookie)],
      ...[numberCommand('channelLifetime', 1024 ** 3), numberCommand('clientKeepalive', 300_000)],
      command('associationGroup', group),
    );
    out.write(rpcHead(lab, world, 'RPC_OUT_DATA', port, a1.length, server));
    out.write(a1);
    inSocket.write(rpcHead(lab, world, 'RPC_IN_DATA', port, length, server));
    client.#record('client', a1);
    client.send(b1);
    return client;
  }

  send(pdu: Buffer): void {
    this.#record('client', pdu);
    this.#in.write(pdu);
  }

  /** What the server says next, pings and acknowledgements left out; null where it has hung up. */
  async next(): Promise<Buffer | null> {
    for (;;) {
      const { done, value } = await this.#pdus.next();
      if (done) return null;
      this.#record('server', value);
      const isRts = value[2] === types.rts && this.#callId > 0;
      if (!isRts || value.readUInt16LE(16) === rtsFlags.recycle) return value;
    }
  }

  /** CONN/A3 and CONN/C2, and the answer to a bind of this interface. */
  async bind(...wanted: readonly Syntax[]): Promise<Buffer> {
    for (const expected of [28, 44]) {
      const pdu = await this.next();
      if (pdu?.length !== expected) throw new Error(`${expected} octets were to come`);
    }
    this.#callId = 1;
    this.send(bindPdu(wanted.map((syntax) => [syntax, NDR32])));
    const answer = await this.next();
    if (answer === null) throw new Error('no answer to the bind');
    return answer;
  }

  /** Calls, in fragments with so much of the arguments each. @returns the PDUs that answer */
  async call(opnum: number, stub: Buffer, { pieces = 5_000, contextId = 0 } = {}): Promise<Buffer[]> {
    const callId = ++this.#callId;
    for (let at = 0; at === 0 || at < stub.length; at += pieces) {
      const flags = (at === 0 ? first : 0) | (at + pieces >= stub.length ? last : 0);
      const head: PduHead = { type: types.request, flags, callId };
      const body = join(u32(stub.length), u16(contextId), u16(opnum), stub.subarray(at, at + pieces));
      this.send(writePdu(head, body));
    }
    return this.answers();
  }

  /** All fragments up to the last one. */
  async answers(): Promise<Buffer[]> {
    const all: Buffer[] = [];
    for (let isLast = false; !isLast; ) {
      const pdu = await this.next();
      if (pdu === null) throw new Error('the server hung up in the middle of an answer');
      all.push(pdu);
      isLast = ((pdu[3] ?? 0) & last) !== 0;
    }
    return all;
  }

  acknowledge(received: number, window: number): void {
    const ack = command('flowControlAck', join(u32(received), u32(window), this.outCookie));
    this.send(rtsPdu(rtsFlags.other, numberCommand('destination', 3), ack));
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #record(from: Said['from'], bytes: Buffer): void {
    this.conversation.push({ from, bytes });
  }
}

/** @param contexts what is wanted, and the forms in which */
export function bindPdu(contexts: readonly (readonly [Syntax, ...Syntax[]])[]): Buffer {
  const written = contexts.map(([wanted, ...transfers], id) =>
    join(u16(id), u8(transfers.length), u8(0), ...[wanted, ...transfers].map(syntaxBytes)),
  );
  const body = join(u16(5840), u16(5840), u32(0), u8(contexts.length), Buffer.alloc(3), ...written);
  return writePdu({ type: types.bind, flags: first | last, callId: 1 }, body);
}

const syntaxBytes = ({ uuid, major, minor }: Syntax): Buffer => join(guid(uuid), u16(major), u16(minor));

async function* pdusBehindHead(pieces: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  const { head, rest } = await readHead(pieces);
  if (!head.startsWith('HTTP/1.1 200 Success')) throw new Error(head);
  const body = (async function* () {
    yield rest;
    for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) yield piece.value;
  })();
  yield* pdusIn(/transfer-encoding: chunked/i.test(head) ? unchunked(body) : body);
}

/** The chunks of a body, without what stands around them. */
async function* unchunked(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let seen = Buffer.alloc(0);
  for await (const piece of pieces) {
    seen = Buffer.concat([seen, piece]);
    for (;;) {
      const [line, size = ''] = /^([0-9a-f]+)\r\n/i.exec(seen.subarray(0, 20).toString('latin1')) ?? [];
      const [start, length] = [line?.length ?? 0, Number.parseInt(size, 16)];
      if (line === undefined || seen.length < start + length + 2) break;
      yield seen.subarray(start, start + length);
      seen = seen.subarray(start + length + 2);
    }
  }
}
